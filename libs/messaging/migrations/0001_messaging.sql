-- Schema `messaging`: what every service needs to hear and to be heard, in its own database, so that a message and the
-- state it speaks of are written by one transaction. Owned by libs/messaging; no service's Prisma schema knows it.
-- Nothing here needs a PostgreSQL newer than 15.
CREATE SCHEMA IF NOT EXISTS messaging;

-- One row per topic and key that this service has published to. Its row lock, held until commit, is what makes the
-- order of outbox.id within a key the order of commits, and the sequence free of gaps.
CREATE TABLE messaging.sequence (
  topic text NOT NULL,
  key text NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (topic, key)
) WITH (fillfactor = 70);

-- Events that are to be published. `body` is the encoded envelope without its meta: the relay puts meta in front, so
-- that `publish` needs one statement although meta holds the sequence number.
CREATE TABLE messaging.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id uuid NOT NULL,
  topic text NOT NULL,
  key text NOT NULL,
  sequence bigint NOT NULL,
  type text NOT NULL,
  order_id text NOT NULL,
  body bytea NOT NULL,
  traceparent text,
  occurred_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz
);
-- Envelopes are read once and soon; compressing them costs more than it saves.
ALTER TABLE messaging.outbox ALTER COLUMN body SET STORAGE EXTERNAL;
-- The relay's question: what is still to go out, oldest first. Empty when all is well.
CREATE INDEX outbox_waiting ON messaging.outbox (id) WHERE published_at IS NULL;
-- For publishing a stretch again after a reader has reported a gap.
CREATE INDEX outbox_sequence ON messaging.outbox (topic, key, sequence);

-- Events that this service has handled. "Seen" is an insert that conflicts, in the transaction of the effect. Rows stay:
-- topics are kept without limit, and an offset that is set back must not repeat an effect.
CREATE TABLE messaging.inbox (
  event_id uuid PRIMARY KEY,
  seen_at timestamptz NOT NULL DEFAULT now()
);

-- The highest sequence number that has arrived, per writer: the reply box has many writers, each counts for itself.
CREATE TABLE messaging.seen_sequence (
  topic text NOT NULL,
  source text NOT NULL,
  key text NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (topic, source, key)
) WITH (fillfactor = 70);

-- Sequence numbers that were jumped over. A row shrinks and goes away when the missing events arrive after all.
CREATE TABLE messaging.gap (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  source text NOT NULL,
  key text NOT NULL,
  first_missing bigint NOT NULL,
  last_missing bigint NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  CHECK (first_missing <= last_missing)
);
CREATE INDEX gap_key ON messaging.gap (topic, source, key);

-- Keys that are held because a message of theirs could not be read or handled. Consumer and replay lock this row, so
-- that no message slips in behind the last one that is being replayed.
CREATE TABLE messaging.parked_key (
  topic text NOT NULL,
  key text NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, key)
);

-- Parked messages with their bytes: the one that failed (poison) and those that wait behind it, in order of `id`.
CREATE TABLE messaging.parked (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  key text NOT NULL,
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  source text NOT NULL,
  traceparent text,
  state text NOT NULL CHECK (state IN ('poison', 'behind')),
  reason text NOT NULL,
  tries integer NOT NULL,
  value bytea NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  -- A message that is delivered again before its offset was committed is parked once.
  UNIQUE (topic, partition, "offset"),
  FOREIGN KEY (topic, key) REFERENCES messaging.parked_key (topic, key)
);
CREATE INDEX parked_order ON messaging.parked (topic, key, id);

-- Answers to requests that carried an idempotency key. `what` tells the request apart from another with the same id.
CREATE TABLE messaging.request (
  request_id text PRIMARY KEY,
  what text NOT NULL,
  answer bytea,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Long work in chunks: each chunk commits its effects together with the cursor that it reached.
CREATE TABLE messaging.task (
  task_id text PRIMARY KEY,
  kind text NOT NULL,
  input bytea NOT NULL,
  cursor text NOT NULL DEFAULT '',
  tally jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'done', 'refused')),
  -- Failed tries since the last chunk that went through.
  tries integer NOT NULL DEFAULT 0,
  last_error text,
  run_at timestamptz NOT NULL DEFAULT now(),
  traceparent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
CREATE INDEX task_ready ON messaging.task (run_at) WHERE state = 'ready';

-- Waking is a hint, given at commit, heard by every process of the service; each also polls.
CREATE FUNCTION messaging.wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('messaging_' || TG_TABLE_NAME, '');
  RETURN NULL;
END $$;
CREATE TRIGGER outbox_wake AFTER INSERT ON messaging.outbox FOR EACH STATEMENT EXECUTE FUNCTION messaging.wake();
CREATE TRIGGER task_wake AFTER INSERT ON messaging.task FOR EACH STATEMENT EXECUTE FUNCTION messaging.wake();
