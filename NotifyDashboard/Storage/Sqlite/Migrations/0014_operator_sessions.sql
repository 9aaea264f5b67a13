-- Sign-ins: a cookie names one, and counts while its row is here. One for each browser.
CREATE TABLE operator_sessions (
  id          TEXT    NOT NULL PRIMARY KEY,  -- 128 random bits
  operator_id INTEGER NOT NULL REFERENCES operators (id),
  created_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL,              -- at most some minutes old
  address     TEXT,                          -- where it was seen last
  user_agent  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX operator_sessions_operator ON operator_sessions (operator_id);

-- What stood in every cookie until now.
ALTER TABLE operators DROP COLUMN stamp;
