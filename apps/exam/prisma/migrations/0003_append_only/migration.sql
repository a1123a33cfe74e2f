-- What is only added to refuses every other change, whoever holds the connection. See docs/HOLDS.md, "Append-only".
-- Here too, for an app's own migrations come before the messaging schema's. The migration engine cuts scripts at every semicolon, also
-- inside $$: the functions' own are written as U&'\003B'. TG_ARGV: columns that may still change. Deleting is refused in any case.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN IF TG_OP = ''UPDATE'' AND TG_NARGS > 0 AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN RETURN NEW\003B END IF\003B
  RAISE EXCEPTION ''rows of % are never changed (%)'', TG_TABLE_NAME, TG_OP USING ERRCODE = ''HJ001''\003B END\003B';
CREATE FUNCTION "refuse_delete"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN RAISE EXCEPTION ''rows of % are never deleted'', TG_TABLE_NAME USING ERRCODE = ''HJ001''\003B END\003B';
CREATE TRIGGER "plan_never_deleted" BEFORE DELETE OR TRUNCATE ON "plan" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "session_never_deleted" BEFORE DELETE OR TRUNCATE ON "session" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "result_never_deleted" BEFORE DELETE OR TRUNCATE ON "result" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "session_never_changed" BEFORE UPDATE ON "session" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
-- Named columns: for those that move no trigger runs at all.
CREATE TRIGGER "plan_keeps_facts" BEFORE UPDATE OF "plan_id", "institution", "name", "occupation", "level", "exam_date", "created_at" ON "plan"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('state');
CREATE TRIGGER "result_keeps_facts" BEFORE UPDATE OF "result_id", "session_id", "plan_id", "institution", "occupation", "level", "person", "exam_date", "theory_tenths", "skill_tenths", "passed", "sealed_candidate", "created_at" ON "result"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('state', 'certificate_number');
