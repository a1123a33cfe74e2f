-- What is only added to refuses every other change, whoever holds the connection. See docs/HOLDS.md, "Append-only".
-- The migration engine cuts scripts at every semicolon, also inside $$: the functions' own are written as U&'\003B'.
-- TG_ARGV: columns that may still change. Deleting is refused in any case.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN IF TG_OP = ''UPDATE'' AND TG_NARGS > 0 AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN RETURN NEW\003B END IF\003B
  RAISE EXCEPTION ''rows of % are never changed (%)'', TG_TABLE_NAME, TG_OP USING ERRCODE = ''HJ001''\003B END\003B';
CREATE FUNCTION "refuse_delete"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN RAISE EXCEPTION ''rows of % are never deleted'', TG_TABLE_NAME USING ERRCODE = ''HJ001''\003B END\003B';
CREATE TRIGGER "kept_receipt_never_updated" BEFORE UPDATE ON "kept_receipt" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "completion_certificate_never_updated" BEFORE UPDATE ON "completion_certificate" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "case_entry_never_updated" BEFORE UPDATE ON "case_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "stray_report_never_updated" BEFORE UPDATE ON "stray_report" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "left_decision_never_updated" BEFORE UPDATE ON "left_decision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "transfer_item_never_updated" BEFORE UPDATE ON "transfer_item" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "rectification_evidence_never_updated" BEFORE UPDATE ON "rectification_evidence" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "rectification_check_never_updated" BEFORE UPDATE ON "rectification_check" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "kept_receipt_never_deleted" BEFORE DELETE OR TRUNCATE ON "kept_receipt" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "completion_certificate_never_deleted" BEFORE DELETE OR TRUNCATE ON "completion_certificate" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "case_entry_never_deleted" BEFORE DELETE OR TRUNCATE ON "case_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "stray_report_never_deleted" BEFORE DELETE OR TRUNCATE ON "stray_report" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "left_decision_never_deleted" BEFORE DELETE OR TRUNCATE ON "left_decision" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "transfer_item_never_deleted" BEFORE DELETE OR TRUNCATE ON "transfer_item" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "rectification_evidence_never_deleted" BEFORE DELETE OR TRUNCATE ON "rectification_evidence" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "rectification_check_never_deleted" BEFORE DELETE OR TRUNCATE ON "rectification_check" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "attested_count_never_deleted" BEFORE DELETE OR TRUNCATE ON "attested_count" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "orders_never_deleted" BEFORE DELETE OR TRUNCATE ON "orders" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "case_file_never_deleted" BEFORE DELETE OR TRUNCATE ON "case_file" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
-- The ledger, its fences and liftings are written anew row by row, and compared by the sweep.
CREATE TRIGGER "orders_keeps_facts" BEFORE UPDATE OF "id", "sequence", "institution", "institution_name", "authority", "plans", "sessions", "occupation_levels", "persons", "certificates", "from_day", "until_day", "measures", "grounds", "reason", "rectify_by", "case_id", "interim", "urgency", "end_condition", "drafted_by", "drafted_at", "supersedes" ON "orders"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('version', 'state', 'previewed_at', 'signed_by', 'signed_at', 'document_no', 'epoch', 'fenced_at', 'issued_at', 'completed_at', 'suspended_at', 'suspend_reason', 'superseded_by', 'sweep_total', 'sweep_tries', 'sweep_next_at', 'cross_checks', 'swept_at', 'reopened_at', 'seals', 'stated_at');
CREATE TRIGGER "case_file_keeps_facts" BEFORE UPDATE OF "id", "sequence", "number", "institution", "institution_name", "authority", "jointly_with", "source", "grounds", "summary", "opened_by", "opened_at" ON "case_file"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('state', 'suspended', 'penalty_track', 'transfer_track', 'notice_served_at', 'decision_number', 'decision_order_id', 'decision_served_at');
