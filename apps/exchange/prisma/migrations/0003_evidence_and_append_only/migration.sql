-- Digest of what the order met, compared at each count. Null in rows from before it was kept.
ALTER TABLE "upload_claim" ADD COLUMN "facts" BYTEA;

-- What is only added to refuses every other change, whoever holds the connection. See docs/HOLDS.md, "Append-only".
-- Here too, for an app's own migrations come before the messaging schema's. The migration engine cuts scripts at every semicolon, also
-- inside $$: the functions' own are written as U&'\003B'. TG_ARGV: columns that may still change. Deleting is refused in any case.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN IF TG_OP = ''UPDATE'' AND TG_NARGS > 0 AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN RETURN NEW\003B END IF\003B
  RAISE EXCEPTION ''rows of % are never changed (%)'', TG_TABLE_NAME, TG_OP USING ERRCODE = ''HJ001''\003B END\003B';
CREATE FUNCTION "refuse_delete"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN RAISE EXCEPTION ''rows of % are never deleted'', TG_TABLE_NAME USING ERRCODE = ''HJ001''\003B END\003B';
CREATE TRIGGER "upload_never_deleted" BEFORE DELETE OR TRUNCATE ON "upload" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "upload_claim_never_deleted" BEFORE DELETE OR TRUNCATE ON "upload_claim" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "withdrawal_order_never_deleted" BEFORE DELETE OR TRUNCATE ON "withdrawal_order" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "message_never_deleted" BEFORE DELETE OR TRUNCATE ON "message" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "message_try_never_deleted" BEFORE DELETE OR TRUNCATE ON "message_try" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "withdrawal_order_never_changed" BEFORE UPDATE ON "withdrawal_order" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "upload_claim_keeps_facts" BEFORE UPDATE OF "number", "order_id", "before", "facts" ON "upload_claim"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('lifted_at');
CREATE TRIGGER "message_keeps_facts" BEFORE UPDATE OF "message_id", "agency", "kind", "institution", "order_id", "row", "undo", "once_key", "notice", "numbers", "created_at" ON "message"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('position', 'continues', 'codes', 'items', 'acknowledged', 'rejected', 'state', 'tries', 'last_error', 'receipt_no', 'next_try_at', 'acknowledged_at');
