-- What the history is asked for. The sequence is the row's number, so it ends every index by itself: newest first without sorting.
CREATE INDEX notifications_type ON notifications (type);
CREATE INDEX notifications_severity ON notifications (severity) WHERE severity IS NOT NULL;
CREATE INDEX notifications_published_at ON notifications (published_at);

-- Words of all that is said. It keeps no text of its own: rows are found here and read there.
CREATE VIRTUAL TABLE notification_search USING fts5 (
  title, body, data, topics, tags,
  content = '', contentless_delete = 1, detail = full, tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO notification_search (rowid, title, body, data, topics, tags) SELECT sequence, title, body, data, topics, tags FROM notifications;

CREATE TRIGGER notification_is_found AFTER INSERT ON notifications BEGIN
  INSERT INTO notification_search (rowid, title, body, data, topics, tags) VALUES (new.sequence, new.title, new.body, new.data, new.topics, new.tags);
END;
CREATE TRIGGER notification_is_not_found AFTER DELETE ON notifications BEGIN
  DELETE FROM notification_search WHERE rowid = old.sequence;
END;
