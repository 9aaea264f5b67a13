-- The words are indexed in a file of their own (SearchIndex.cs), behind the log.
DROP TRIGGER notification_is_found_anew;
DROP TRIGGER notification_is_not_found;
DROP TABLE notification_search;

-- What has to leave that index: the words as they were indexed, until they are taken out of it.
CREATE TABLE search_leftovers (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  sequence INTEGER NOT NULL,
  erased   INTEGER NOT NULL,  -- 1: every byte has to go; 0: trimmed
  title    TEXT,
  body     TEXT,
  data     TEXT,
  topics   TEXT    NOT NULL,
  tags     TEXT
) STRICT;
CREATE INDEX search_leftovers_sequence ON search_leftovers (sequence, id);

CREATE TRIGGER notification_is_found_anew AFTER UPDATE OF title, body, data, tags ON notifications WHEN new.kind = 0 BEGIN
  INSERT INTO search_leftovers (sequence, erased, title, body, data, topics, tags) VALUES (old.sequence, 1, old.title, old.body, old.data, old.topics, old.tags);
END;
CREATE TRIGGER notification_is_not_found AFTER DELETE ON notifications WHEN old.kind = 0 BEGIN
  INSERT INTO search_leftovers (sequence, erased, title, body, data, topics, tags) VALUES (old.sequence, 0, old.title, old.body, old.data, old.topics, old.tags);
END;
