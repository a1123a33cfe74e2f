-- Acts (办理行为), append-only: one row for each thing done, written by the transaction that does it. See docs/ACTS.md.

CREATE TABLE procedure.act (
  id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- By the database's clock, when the transaction wrote it.
  at                timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  by_kind           text NOT NULL CHECK (by_kind IN ('PERSON', 'SERVICE')),
  by_id             text NOT NULL,
  by_account        text NOT NULL,
  by_name           text NOT NULL,
  by_role           text NOT NULL,
  by_post           text NOT NULL,
  by_authority      text NOT NULL,
  by_institution    text NOT NULL,
  what              text NOT NULL,
  record_kind       text NOT NULL,
  record_id         text NOT NULL,
  institution       text NOT NULL,
  -- Ids, a list of texts.
  evidence          jsonb NOT NULL,
  order_id          text NOT NULL,
  case_id           text NOT NULL,
  purpose           text NOT NULL,
  request_id        text NOT NULL,
  -- Place and hash (SHA-256, hex) in the chain: given once, by the background step, in the order in which it finds the committed rows.
  position          bigint UNIQUE,
  previous          text,
  hash              text,
  CONSTRAINT act_chained_whole CHECK ((position IS NULL) = (hash IS NULL) AND (position IS NULL) = (previous IS NULL))
);
-- The background step's question: what has no place yet. Empty when all is well.
CREATE INDEX act_unchained ON procedure.act (id) WHERE position IS NULL;
CREATE INDEX act_record ON procedure.act (record_kind, record_id, id);
CREATE INDEX act_by ON procedure.act (by_kind, by_id, id);
CREATE INDEX act_case ON procedure.act (case_id, id) WHERE case_id <> '';
CREATE INDEX act_institution ON procedure.act (institution, id);
CREATE INDEX act_at ON procedure.act (at, id);

-- Signed now and then over the newest place of the chain; see docs/ACTS.md for what is signed.
CREATE TABLE procedure.act_checkpoint (
  number    bigint PRIMARY KEY CHECK (number > 0),
  position  bigint NOT NULL UNIQUE CHECK (position > 0),
  hash      text NOT NULL,
  at        timestamptz(3) NOT NULL,
  key_id    text NOT NULL,
  algorithm text NOT NULL,
  signature bytea NOT NULL
);

CREATE FUNCTION procedure.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of %.% are never changed (%)', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP USING ERRCODE = 'HJ001';
END $$;

-- An act gets its place once; nothing else of it changes, ever.
CREATE FUNCTION procedure.chain_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.position IS NULL AND NEW.position IS NOT NULL
     AND (to_jsonb(NEW) - '{position,previous,hash}'::text[]) = (to_jsonb(OLD) - '{position,previous,hash}'::text[]) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rows of %.% are never changed (%)', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP USING ERRCODE = 'HJ001';
END $$;

CREATE TRIGGER act_never_changed BEFORE UPDATE ON procedure.act FOR EACH ROW EXECUTE FUNCTION procedure.chain_only();
CREATE TRIGGER act_never_deleted BEFORE DELETE OR TRUNCATE ON procedure.act FOR EACH STATEMENT EXECUTE FUNCTION procedure.refuse_change();
CREATE TRIGGER act_checkpoint_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure.act_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION procedure.refuse_change();
