-- Operators: people who sign in. The name is unique whatever its case (name_key is its folded form).
CREATE TABLE operators (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT    NOT NULL,
  name_key      TEXT    NOT NULL UNIQUE,
  role          TEXT    NOT NULL,  -- viewer, sender, admin
  password_hash TEXT    NOT NULL,
  stamp         TEXT    NOT NULL,  -- replaced whenever every cookie of this operator must end
  created_at    INTEGER NOT NULL   -- Unix time in milliseconds
) STRICT;

-- Keys of the applications that publish and read. Only the SHA-256 is kept: 256 random bits need no salt.
CREATE TABLE api_keys (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT    NOT NULL,
  hash         BLOB    NOT NULL UNIQUE,
  origin       TEXT    NOT NULL,  -- set-up, bootstrap, operator
  actions      TEXT    NOT NULL,  -- JSON array of publish, read, manage
  topics       TEXT    NOT NULL,  -- JSON array of topic patterns
  created_at   INTEGER NOT NULL,
  last_used_at INTEGER,           -- at most a minute old
  revoked_at   INTEGER
) STRICT;

-- What signs the cookies: kept here, so that a restart signs nobody out.
CREATE TABLE data_protection_keys (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  xml  TEXT NOT NULL
) STRICT;
