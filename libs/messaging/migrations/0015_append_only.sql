-- Tables that are only added to refuse every other change, whoever holds the connection; where a row has a life, its columns that do not.
-- A superuser can switch a trigger off: for that there is the sweep (docs/HOLDS.md, docs/PROOF.md). Services' own tables use these functions too.

-- TG_ARGV: columns that may still change (none: nothing may). Deleting is refused in any case.
CREATE FUNCTION messaging.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND (to_jsonb(NEW) - TG_ARGV) = (to_jsonb(OLD) - TG_ARGV) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'rows of %.% are never changed (%)', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP USING ERRCODE = 'HJ001';
END $$;

CREATE TRIGGER inbox_never_changed BEFORE UPDATE OR DELETE ON messaging.inbox
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change();
CREATE TRIGGER row_evidence_never_changed BEFORE UPDATE OR DELETE ON messaging.row_evidence
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change();
CREATE TRIGGER discarded_never_changed BEFORE UPDATE OR DELETE ON messaging.discarded
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change();
CREATE TRIGGER left_record_never_changed BEFORE UPDATE OR DELETE ON messaging.left_record
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change();

-- Claims, holds, rows and suspensions have a life, and are never deleted. A row trigger on the claims of a running order would cost more
-- than the claim; a hundred thousand are lifted by one statement. So here it is the statement that is refused, and the sweep that compares.
CREATE FUNCTION messaging.refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of %.% are never deleted', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'HJ001';
END $$;

CREATE TRIGGER discarded_never_emptied BEFORE TRUNCATE ON messaging.discarded
  FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
CREATE TRIGGER claim_never_deleted BEFORE DELETE OR TRUNCATE ON messaging.claim
  FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
CREATE TRIGGER order_row_never_deleted BEFORE DELETE OR TRUNCATE ON messaging.order_row
  FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
CREATE TRIGGER hold_never_deleted BEFORE DELETE OR TRUNCATE ON messaging.hold
  FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
CREATE TRIGGER suspension_never_deleted BEFORE DELETE OR TRUNCATE ON messaging.suspension
  FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
CREATE TRIGGER inbox_never_emptied BEFORE TRUNCATE ON messaging.inbox FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
CREATE TRIGGER row_evidence_never_emptied BEFORE TRUNCATE ON messaging.row_evidence FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
CREATE TRIGGER left_record_never_emptied BEFORE TRUNCATE ON messaging.left_record FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();

-- UPDATE OF names what may not change: for the columns that the code writes no trigger runs at all.
CREATE TRIGGER claim_keeps_facts BEFORE UPDATE OF seq, effect, record_id, order_id, found, after, columns, placed_at, facts ON messaging.claim
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change('before', 'lifted_at', 'inherited_from');
CREATE TRIGGER hold_keeps_placed BEFORE UPDATE OF order_id, placed_at ON messaging.hold
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change('institution', 'epoch', 'scope', 'standing', 'released_at', 'except_scopes', 'paused_at', 'was_paused', 'let_go_at');
CREATE TRIGGER order_row_keeps_asked BEFORE UPDATE OF order_id, "row", institution, effect, undo, undoes_row, announced, asked_at, narrowed ON messaging.order_row
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change('state', 'attempt', 'ask', 'tally', 'refusal', 'finished_at', 'receipt', 'reopened_at');
