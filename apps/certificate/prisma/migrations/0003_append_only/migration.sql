-- What is only added to refuses every other change, whoever holds the connection. See docs/HOLDS.md, "Append-only".
-- Here too, for an app's own migrations come before the messaging schema's. The migration engine cuts scripts at every semicolon, also
-- inside $$: the functions' own are written as U&'\003B'. TG_ARGV: columns that may still change. Deleting is refused in any case.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN IF TG_OP = ''UPDATE'' AND TG_NARGS > 0 AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN RETURN NEW\003B END IF\003B
  RAISE EXCEPTION ''rows of % are never changed (%)'', TG_TABLE_NAME, TG_OP USING ERRCODE = ''HJ001''\003B END\003B';
CREATE FUNCTION "refuse_delete"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN RAISE EXCEPTION ''rows of % are never deleted'', TG_TABLE_NAME USING ERRCODE = ''HJ001''\003B END\003B';
CREATE TRIGGER "certificate_never_deleted" BEFORE DELETE OR TRUNCATE ON "certificate" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
-- Named columns: for those that orders write no trigger runs at all.
CREATE TRIGGER "certificate_keeps_facts" BEFORE UPDATE OF "number", "result_id", "institution", "plan_id", "session_id", "occupation", "level", "person", "exam_date", "issued_on", "masked_name", "sealed_holder", "created_at" ON "certificate"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('state', 'voided_at', 'voided_by', 'void_document_no');
