-- Tasks (待办) and messages in the officer's inbox (站内消息) of the procedures of a service. See docs/PROCEDURE.md, "Tasks".

-- Who has to act next on which file, by when. Derived from the tables at each step, never set by hand; a person only takes one,
-- hands it over or gives it back.
CREATE TABLE procedure.task (
  id               text PRIMARY KEY,
  -- The table of steps that the file follows, for example case.
  file_kind        text NOT NULL,
  file_id          text NOT NULL,
  -- What the file is called, for example its number and its institution.
  about            text NOT NULL,
  step             text NOT NULL,
  title            text NOT NULL,
  institution      text NOT NULL,
  authority        text NOT NULL,
  -- Who takes the step: officer, institution.
  role             text NOT NULL,
  -- Posts are not known yet: empty.
  post             text NOT NULL DEFAULT '',
  -- Id and name of the person who has it; empty while nobody has.
  assignee         text NOT NULL DEFAULT '',
  assignee_name    text NOT NULL DEFAULT '',
  assigned_by      text NOT NULL DEFAULT '',
  -- The limit by which it is due; empty where none runs.
  limit_id         text NOT NULL DEFAULT '',
  due_at           timestamptz(3),
  provisional      boolean NOT NULL DEFAULT false,
  created_at       timestamptz(3) NOT NULL,
  done_at          timestamptz(3),
  -- Entries of the file when it was derived last.
  version          integer NOT NULL,
  -- What has no limit comes last.
  sort_at          timestamptz(3) NOT NULL GENERATED ALWAYS AS (coalesce(due_at, timestamptz '9999-12-31 00:00:00+00')) STORED
);
CREATE UNIQUE INDEX task_one_open ON procedure.task (file_kind, file_id, step, role) WHERE done_at IS NULL;
CREATE INDEX task_file ON procedure.task (file_kind, file_id, version);
CREATE INDEX task_limit ON procedure.task (limit_id) WHERE done_at IS NULL AND limit_id <> '';
CREATE INDEX task_authority ON procedure.task (authority, role, assignee, sort_at, id) WHERE done_at IS NULL;
CREATE INDEX task_institution ON procedure.task (institution, role, sort_at, id) WHERE done_at IS NULL;
CREATE INDEX task_all ON procedure.task (sort_at, id) WHERE done_at IS NULL;

-- Officers who have opened the list of tasks: to whom of an authority a task can be given.
CREATE TABLE procedure.officer (
  authority text NOT NULL,
  id        text NOT NULL,
  name      text NOT NULL,
  PRIMARY KEY (authority, id)
);

-- A limit that nears or has passed, said once to the person who has the task or to the role of the authority.
CREATE TABLE procedure.reminder (
  id          text PRIMARY KEY,
  limit_id    text NOT NULL,
  -- NEARING or PASSED.
  state       text NOT NULL,
  title       text NOT NULL,
  file_id     text NOT NULL,
  about       text NOT NULL,
  institution text NOT NULL,
  authority   text NOT NULL,
  role        text NOT NULL,
  -- Empty: everyone of the role and the authority.
  assignee    text NOT NULL,
  due_at      timestamptz(3) NOT NULL,
  created_at  timestamptz(3) NOT NULL
);
CREATE INDEX reminder_authority ON procedure.reminder (authority, role, assignee, created_at DESC, id);
CREATE INDEX reminder_institution ON procedure.reminder (institution, role, created_at DESC, id);

-- Read (已读) is each person's own.
CREATE TABLE procedure.reminder_read (
  reminder_id text NOT NULL REFERENCES procedure.reminder (id),
  person      text NOT NULL,
  at          timestamptz(3) NOT NULL,
  PRIMARY KEY (reminder_id, person)
);
