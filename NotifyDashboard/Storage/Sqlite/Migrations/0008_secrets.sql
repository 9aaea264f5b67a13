-- Random keys that are the hub's own: made once, and the same for every process on this database.
CREATE TABLE secrets (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT;

INSERT INTO secrets (name, value) VALUES ('recipient', randomblob(32)), ('demo', randomblob(32));
