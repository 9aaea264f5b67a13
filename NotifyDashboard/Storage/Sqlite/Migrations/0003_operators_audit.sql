ALTER TABLE operators ADD COLUMN disabled_at INTEGER;
ALTER TABLE operators ADD COLUMN last_signed_in_at INTEGER;

ALTER TABLE api_keys ADD COLUMN created_by TEXT;

-- Links that work once: an invitation makes an operator, a reset sets one's password. Only the SHA-256 of the token is kept.
CREATE TABLE one_time_links (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  purpose     TEXT    NOT NULL,                      -- invite, reset
  hash        BLOB    NOT NULL UNIQUE,
  role        TEXT,                                  -- of whom it invites
  operator_id INTEGER REFERENCES operators (id),     -- whose password it sets
  created_by  TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  ended_at    INTEGER                                -- used, or taken back
) STRICT;

-- Who did what, never changed: the triggers hold whoever writes SQL by mistake, not whoever owns the file.
CREATE TABLE audit (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  at      INTEGER NOT NULL,  -- Unix time in milliseconds
  action  TEXT    NOT NULL,
  actor   TEXT    NOT NULL,
  target  TEXT,
  detail  TEXT,
  address TEXT
) STRICT;
CREATE INDEX audit_action ON audit (action, id);
CREATE INDEX audit_actor ON audit (actor, id);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE (ABORT, 'The audit is append-only.'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE (ABORT, 'The audit is append-only.'); END;
