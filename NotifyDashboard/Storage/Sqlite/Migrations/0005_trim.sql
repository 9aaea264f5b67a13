-- Until when a notification is kept; most are kept for ever.
ALTER TABLE notifications ADD COLUMN kept_until INTEGER;
CREATE INDEX notifications_kept_until ON notifications (kept_until) WHERE kept_until IS NOT NULL;

-- Per topic the newest that was trimmed: who comes back from before it is told that something is missing.
CREATE TABLE trimmed_topics (
  topic    TEXT    PRIMARY KEY,
  sequence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The same without a foreign key: a delete would look through the whole table for rows that point at it. Who deletes a notification deletes these too.
CREATE TABLE notification_topics_next (
  topic    TEXT    NOT NULL,
  sequence INTEGER NOT NULL,
  PRIMARY KEY (topic, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO notification_topics_next (topic, sequence) SELECT topic, sequence FROM notification_topics;
DROP TABLE notification_topics;
ALTER TABLE notification_topics_next RENAME TO notification_topics;
