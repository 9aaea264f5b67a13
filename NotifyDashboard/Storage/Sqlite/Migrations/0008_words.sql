-- The append puts words into the search index itself, once for all rows of a commit.
DROP TRIGGER notification_is_found;
