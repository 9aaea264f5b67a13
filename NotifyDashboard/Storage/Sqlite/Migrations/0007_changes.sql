-- The log holds what happens to notifications too: an update or a retract is a row of its own, at its own place, that points at its notification.
ALTER TABLE notifications ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;  -- 0 a notification, 1 an update, 2 a retract
ALTER TABLE notifications ADD COLUMN target INTEGER;                   -- of an update or retract: the notification that it is about
ALTER TABLE notifications ADD COLUMN external_id TEXT;
ALTER TABLE notifications ADD COLUMN collapse TEXT;                    -- JSON array: the collapse key, private, the topics in order; null once it is over
ALTER TABLE notifications ADD COLUMN expires_at INTEGER;
ALTER TABLE notifications ADD COLUMN updated_at INTEGER;
ALTER TABLE notifications ADD COLUMN retracted_at INTEGER;
ALTER TABLE notifications ADD COLUMN retracted_by TEXT;
ALTER TABLE notifications ADD COLUMN retract_reason TEXT;

CREATE UNIQUE INDEX notifications_external_id ON notifications (external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX notifications_collapse ON notifications (collapse) WHERE collapse IS NOT NULL;
CREATE INDEX notifications_expires_at ON notifications (expires_at) WHERE expires_at IS NOT NULL AND retracted_at IS NULL;
CREATE INDEX notifications_target ON notifications (target) WHERE target IS NOT NULL;

-- Times and types of notifications alone.
DROP INDEX notifications_published_at;
CREATE INDEX notifications_published_at ON notifications (published_at) WHERE kind = 0;
DROP INDEX notifications_type;
CREATE INDEX notifications_type ON notifications (type) WHERE kind = 0;

-- The search index anew: what is deleted has to leave its bytes too (secure-delete), which an index without content cannot do.
DROP TRIGGER notification_is_found;
DROP TRIGGER notification_is_not_found;
DROP TABLE notification_search;
CREATE VIRTUAL TABLE notification_search USING fts5 (
  title, body, data, topics, tags,
  content = 'notifications', content_rowid = 'sequence', detail = full, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO notification_search (notification_search, rank) VALUES ('secure-delete', 1);
INSERT INTO notification_search (rowid, title, body, data, topics, tags) SELECT sequence, title, body, data, topics, tags FROM notifications;

CREATE TRIGGER notification_is_found AFTER INSERT ON notifications WHEN new.kind = 0 BEGIN
  INSERT INTO notification_search (rowid, title, body, data, topics, tags) VALUES (new.sequence, new.title, new.body, new.data, new.topics, new.tags);
END;
CREATE TRIGGER notification_is_found_anew AFTER UPDATE OF title, body, data, tags ON notifications WHEN new.kind = 0 BEGIN
  INSERT INTO notification_search (notification_search, rowid, title, body, data, topics, tags) VALUES ('delete', old.sequence, old.title, old.body, old.data, old.topics, old.tags);
  INSERT INTO notification_search (rowid, title, body, data, topics, tags) VALUES (new.sequence, new.title, new.body, new.data, new.topics, new.tags);
END;
CREATE TRIGGER notification_is_not_found AFTER DELETE ON notifications WHEN old.kind = 0 BEGIN
  INSERT INTO notification_search (notification_search, rowid, title, body, data, topics, tags) VALUES ('delete', old.sequence, old.title, old.body, old.data, old.topics, old.tags);
END;

-- What waits to be published, and for a day what became of it.
CREATE TABLE scheduled (
  id          TEXT    PRIMARY KEY,
  draft       TEXT    NOT NULL,   -- JSON; once it is over without its content
  external_id TEXT,
  publish_at  INTEGER NOT NULL,   -- Unix time in milliseconds
  created_by  TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  ended_at    INTEGER,            -- fired, or expired before that
  fired_as    INTEGER             -- the notification that it became
) STRICT, WITHOUT ROWID;
CREATE INDEX scheduled_publish_at ON scheduled (publish_at) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX scheduled_external_id ON scheduled (external_id) WHERE external_id IS NOT NULL;
CREATE INDEX scheduled_ended_at ON scheduled (ended_at) WHERE ended_at IS NOT NULL;

-- Requests that name themselves are carried out once.
CREATE TABLE idempotency (
  owner      TEXT    NOT NULL,
  key        TEXT    NOT NULL,
  body_hash  BLOB    NOT NULL,    -- SHA-256
  sequences  TEXT    NOT NULL,    -- JSON array of what was published
  scheduled  TEXT,                -- or the id of what was scheduled
  created_at INTEGER NOT NULL,
  PRIMARY KEY (owner, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_created_at ON idempotency (created_at);
