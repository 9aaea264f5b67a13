-- What happened in each step of time, in decreasing resolution.
CREATE TABLE activity (
  step      INTEGER NOT NULL,  -- its length in seconds
  at        INTEGER NOT NULL,  -- when it begins: Unix time in seconds, a multiple of the length
  streams   INTEGER NOT NULL,  -- at its end (in a longer step the highest of these), as the next four
  people    INTEGER NOT NULL,
  tabs      INTEGER NOT NULL,
  lagging   INTEGER NOT NULL,
  unread    INTEGER,           -- null: not counted
  published INTEGER NOT NULL,  -- sums, as those that follow
  delivered INTEGER NOT NULL,
  refused   INTEGER NOT NULL,
  failed    INTEGER NOT NULL,
  opened    INTEGER NOT NULL,
  gaps      INTEGER NOT NULL,
  timed_out INTEGER NOT NULL,
  PRIMARY KEY (step, at)
) STRICT, WITHOUT ROWID;
