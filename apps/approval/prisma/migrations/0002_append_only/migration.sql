-- What is only added to refuses every other change, whoever holds the connection. See docs/HOLDS.md, "Append-only".
-- Here too, for an app's own migrations come before the messaging schema's. The migration engine cuts scripts at every semicolon, also
-- inside $$: the functions' own are written as U&'\003B'. TG_ARGV: columns that may still change. Deleting is refused in any case.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN IF TG_OP = ''UPDATE'' AND TG_NARGS > 0 AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN RETURN NEW\003B END IF\003B
  RAISE EXCEPTION ''rows of % are never changed (%)'', TG_TABLE_NAME, TG_OP USING ERRCODE = ''HJ001''\003B END\003B';
CREATE FUNCTION "refuse_delete"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN RAISE EXCEPTION ''rows of % are never deleted'', TG_TABLE_NAME USING ERRCODE = ''HJ001''\003B END\003B';
CREATE TRIGGER "institution_never_deleted" BEFORE DELETE OR TRUNCATE ON "institution" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "notice_never_deleted" BEFORE DELETE OR TRUNCATE ON "notice" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "rectification_never_deleted" BEFORE DELETE OR TRUNCATE ON "rectification" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "notice_keeps_facts" BEFORE UPDATE OF "notice_id", "order_id", "published_at" ON "notice"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('document_no', 'institution', 'institution_name', 'title', 'withdrawn_at');
CREATE TRIGGER "rectification_keeps_facts" BEFORE UPDATE OF "order_id", "shown_at" ON "rectification"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('institution', 'document_no', 'rectify_by', 'withdrawn_at');
