-- The log: every notification, in the order in which it was accepted. The sequence is never given twice (AUTOINCREMENT).
CREATE TABLE notifications (
  sequence     INTEGER PRIMARY KEY AUTOINCREMENT,
  type         TEXT    NOT NULL,
  topics       TEXT    NOT NULL,  -- JSON array, the canonical one first
  private      INTEGER NOT NULL,
  title        TEXT,
  body         TEXT,
  severity     TEXT,
  url          TEXT,
  icon         TEXT,
  tags         TEXT,              -- JSON array
  actions      TEXT,              -- JSON array of {label, url}
  data         TEXT,
  data_is_json INTEGER NOT NULL,
  retry_ms     INTEGER,
  published_at INTEGER NOT NULL,  -- Unix time in milliseconds
  published_by TEXT    NOT NULL
) STRICT;

-- Finds a topic's notifications without reading those of the others.
CREATE TABLE notification_topics (
  topic    TEXT    NOT NULL,
  sequence INTEGER NOT NULL REFERENCES notifications (sequence) ON DELETE CASCADE,
  PRIMARY KEY (topic, sequence)
) STRICT, WITHOUT ROWID;

-- Epochs: a restored backup starts a new one, so that a cursor of the lost future is told from one of the present.
CREATE TABLE epochs (
  first_sequence INTEGER PRIMARY KEY,  -- the first sequence that belongs to it
  epoch          TEXT NOT NULL UNIQUE
) STRICT;
