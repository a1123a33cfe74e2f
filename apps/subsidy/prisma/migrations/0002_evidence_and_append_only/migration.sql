-- Digest of what the order met, compared at each count. Null in rows from before it was kept.
ALTER TABLE "recovery_demand" ADD COLUMN "facts" BYTEA;

-- What is only added to refuses every other change, whoever holds the connection. See docs/HOLDS.md, "Append-only".
-- Here too, for an app's own migrations come before the messaging schema's. The migration engine cuts scripts at every semicolon, also
-- inside $$: the functions' own are written as U&'\003B'. TG_ARGV: columns that may still change. Deleting is refused in any case.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN IF TG_OP = ''UPDATE'' AND TG_NARGS > 0 AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN RETURN NEW\003B END IF\003B
  RAISE EXCEPTION ''rows of % are never changed (%)'', TG_TABLE_NAME, TG_OP USING ERRCODE = ''HJ001''\003B END\003B';
CREATE FUNCTION "refuse_delete"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN RAISE EXCEPTION ''rows of % are never deleted'', TG_TABLE_NAME USING ERRCODE = ''HJ001''\003B END\003B';
CREATE TRIGGER "payment_never_deleted" BEFORE DELETE OR TRUNCATE ON "payment" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "recovery_never_deleted" BEFORE DELETE OR TRUNCATE ON "recovery" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "recovery_demand_never_deleted" BEFORE DELETE OR TRUNCATE ON "recovery_demand" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "payment_never_changed" BEFORE UPDATE ON "payment" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "recovery_demand_keeps_facts" BEFORE UPDATE OF "order_id", "payment_id", "epoch", "facts" ON "recovery_demand"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('lifted_at');
CREATE TRIGGER "recovery_keeps_facts" BEFORE UPDATE OF "recovery_id", "payment_id", "opened_at" ON "recovery"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('order_id', 'institution', 'debtor', 'fen', 'state', 'revoked_at');
