-- Whoever asked for an inbox once.
CREATE TABLE recipients (
  id          INTEGER PRIMARY KEY,
  sub         TEXT    NOT NULL UNIQUE,
  preferences TEXT,              -- JSON; null: none were set
  created_at  INTEGER NOT NULL   -- Unix time in milliseconds
) STRICT;

-- Up to where a recipient has seen and read all of a topic, single marks apart.
CREATE TABLE inbox_topics (
  recipient    INTEGER NOT NULL,
  topic        TEXT    NOT NULL,
  seen_through INTEGER NOT NULL,  -- never below read_through
  read_through INTEGER NOT NULL,
  PRIMARY KEY (recipient, topic)
) STRICT, WITHOUT ROWID;

-- What a recipient did with a single notification, on either side of the watermark.
CREATE TABLE inbox_marks (
  recipient     INTEGER NOT NULL,
  sequence      INTEGER NOT NULL,
  seen          INTEGER,          -- 1 seen, 0 not; null: as the watermark says
  read          INTEGER,          -- 1 read, 0 not; null: as the watermark says
  archived      INTEGER NOT NULL DEFAULT 0,
  snoozed_until INTEGER,
  PRIMARY KEY (recipient, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_marks_raised ON inbox_marks (recipient, sequence) WHERE read = 0;
CREATE INDEX inbox_marks_archived ON inbox_marks (recipient, sequence) WHERE archived = 1;
CREATE INDEX inbox_marks_snoozed_until ON inbox_marks (snoozed_until) WHERE snoozed_until IS NOT NULL;

-- What is trimmed leaves no mark.
CREATE INDEX inbox_marks_sequence ON inbox_marks (sequence);
CREATE TRIGGER mark_goes_with_its_notification AFTER DELETE ON notifications WHEN old.kind = 0 BEGIN
  DELETE FROM inbox_marks WHERE sequence = old.sequence;
END;
