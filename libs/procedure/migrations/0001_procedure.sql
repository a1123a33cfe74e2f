-- What statutory procedures (法定程序) have in common, in the database of every service. See docs/PROCEDURE.md.

-- One row per running procedure. The service keeps the columns of its own business under the same id.
CREATE TABLE procedure.file (
  id          text PRIMARY KEY,
  -- Which table of steps it follows.
  kind        text NOT NULL,
  -- What it is about: a person, a plan, a payment; the institution itself where it is about that.
  subject     text NOT NULL,
  institution text NOT NULL,
  authority   text NOT NULL,
  state       text NOT NULL,
  -- Counts the steps taken.
  version     integer NOT NULL,
  opened_at   timestamptz(3) NOT NULL,
  moved_at    timestamptz(3) NOT NULL
);
CREATE INDEX file_institution ON procedure.file (institution, kind, opened_at, id);
CREATE INDEX file_authority ON procedure.file (authority, kind, opened_at, id);
CREATE INDEX file_subject ON procedure.file (subject, kind);

-- The last number (〔year〕) drawn, per series, authority and year.
CREATE TABLE procedure.number (
  series    text NOT NULL,
  authority text NOT NULL,
  year      integer NOT NULL,
  last      integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (series, authority, year)
);

-- A limit (期限) that runs, or ran.
CREATE TABLE procedure."limit" (
  id            text PRIMARY KEY,
  code          text NOT NULL,
  institution   text NOT NULL,
  file_id       text NOT NULL,
  -- What in the file it is about, for example an order; empty where it is about the file itself.
  about         text NOT NULL DEFAULT '',
  authority     text NOT NULL,
  started_at    timestamptz(3) NOT NULL,
  due_at        timestamptz(3) NOT NULL,
  nearing_at    timestamptz(3) NOT NULL,
  -- It ends in a year whose days off are not announced.
  provisional   boolean NOT NULL,
  state         text NOT NULL CHECK (state IN ('RUNNING', 'NEARING', 'PASSED', 'SUSPENDED', 'MET', 'CANCELLED')),
  met_at        timestamptz(3),
  -- Its end before it was extended (延长); null while it was not.
  extended_from timestamptz(3),
  -- Since when it does not run (中止); null while it runs.
  suspended_at  timestamptz(3),
  -- On the board: it runs, or is still owed.
  open          boolean NOT NULL,
  -- When the clock has to look; null when it never has.
  next_look_at  timestamptz(3),
  CONSTRAINT limit_look_only_live CHECK ((next_look_at IS NOT NULL) = (state IN ('RUNNING', 'NEARING'))),
  CONSTRAINT limit_suspended_whole CHECK ((suspended_at IS NOT NULL) = (state = 'SUSPENDED'))
);
-- One at a time of each code for each owner, whoever starts it again.
CREATE UNIQUE INDEX limit_one_live ON procedure."limit" (file_id, about, code) WHERE state IN ('RUNNING', 'NEARING', 'SUSPENDED');
CREATE INDEX limit_file ON procedure."limit" (file_id, code);
-- The clock reads only what it has to look at, and the board only what is open: both stay small however much is over.
CREATE INDEX limit_next_look ON procedure."limit" (next_look_at) WHERE next_look_at IS NOT NULL;
CREATE INDEX limit_next_look_institution ON procedure."limit" (institution, next_look_at) WHERE next_look_at IS NOT NULL;
CREATE INDEX limit_board ON procedure."limit" (due_at, id) WHERE open;
CREATE INDEX limit_board_authority ON procedure."limit" (authority, due_at, id) WHERE open;
CREATE INDEX limit_board_institution ON procedure."limit" (institution, due_at, id) WHERE open;
CREATE INDEX limit_state ON procedure."limit" (state, due_at, id);
