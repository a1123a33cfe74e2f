-- The record (办理记录) of the procedures whose files are in procedure.file: one row for each step that was taken.
CREATE TABLE procedure.entry (
  file_id        text    NOT NULL REFERENCES procedure.file (id),
  -- From 1, in the order in which they were taken.
  number         integer NOT NULL CHECK (number > 0),
  step           text    NOT NULL,
  by             text    NOT NULL,
  by_name        text    NOT NULL,
  at             timestamptz(3) NOT NULL,
  text           text    NOT NULL,
  document_ids   text[]  NOT NULL,
  attachment_ids text[]  NOT NULL,
  PRIMARY KEY (file_id, number)
);

-- What was taken down stays as it is, whoever holds the connection. See docs/HOLDS.md, "Append-only".
CREATE FUNCTION procedure.refuse_entry_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'rows of procedure.% are never changed (%)', TG_TABLE_NAME, TG_OP USING ERRCODE = 'HJ001'; END$$;
CREATE TRIGGER entry_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure.entry
  FOR EACH STATEMENT EXECUTE FUNCTION procedure.refuse_entry_change();
CREATE TRIGGER file_never_deleted BEFORE DELETE OR TRUNCATE ON procedure.file
  FOR EACH STATEMENT EXECUTE FUNCTION procedure.refuse_entry_change();
