-- Where an operator was who scheduled it; null for a key, whose use the audit records once an hour.
ALTER TABLE scheduled ADD COLUMN created_from TEXT;
