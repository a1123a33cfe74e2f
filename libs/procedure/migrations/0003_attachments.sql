-- Attachments (附件) of a file: what was handed in, by its hash. The bytes are in the object store, never in a table.
CREATE TABLE procedure.attachment (
  id          text PRIMARY KEY,
  sequence    bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- The file (案卷) that it is of.
  file_id     text NOT NULL,
  -- Kind of evidence (证据种类), of the table of the service.
  kind        text NOT NULL,
  name        text NOT NULL,
  -- Recognised from the bytes.
  media_type  text NOT NULL,
  bytes       integer NOT NULL CHECK (bytes > 0),
  sha256      bytea NOT NULL CHECK (octet_length(sha256) = 32),
  added_by    text NOT NULL,
  -- The institution that handed it in; empty when an officer did.
  institution text NOT NULL,
  added_at    timestamptz(3) NOT NULL
);
CREATE INDEX attachment_file ON procedure.attachment (file_id, sequence);
-- The sweep of the object store asks whether a hash is still named.
CREATE INDEX attachment_sha256 ON procedure.attachment (sha256);
-- How much a person has handed in since yesterday.
CREATE INDEX attachment_added ON procedure.attachment (added_by, added_at);

CREATE FUNCTION procedure.refuse_attachment_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never % (%)', TG_TABLE_NAME, CASE TG_OP WHEN 'UPDATE' THEN 'changed' ELSE 'deleted' END, TG_OP
    USING ERRCODE = 'HJ001';
END $$;
CREATE TRIGGER attachment_never_updated BEFORE UPDATE ON procedure.attachment
  FOR EACH ROW EXECUTE FUNCTION procedure.refuse_attachment_change();
CREATE TRIGGER attachment_never_deleted BEFORE DELETE OR TRUNCATE ON procedure.attachment
  FOR EACH STATEMENT EXECUTE FUNCTION procedure.refuse_attachment_change();
