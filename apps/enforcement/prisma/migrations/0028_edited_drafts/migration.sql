-- Drafts that are edited in versions and discarded.
-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "discard_reason" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "discarded_at" TIMESTAMPTZ(3),
ADD COLUMN     "discarded_by" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "edited_by" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "replaced_by_draft" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "replaces_draft" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "title" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "draft_version" (
    "order_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "edited_by" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draft_version_pkey" PRIMARY KEY ("order_id","revision")
);

-- AddForeignKey
ALTER TABLE "draft_version" ADD CONSTRAINT "draft_version_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER "draft_version_never_updated" BEFORE UPDATE ON "draft_version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "draft_version_never_deleted" BEFORE DELETE OR TRUNCATE ON "draft_version" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();

-- A discarded draft stays in its state. A process of the version before cannot sign it.
ALTER TABLE "orders" ADD CONSTRAINT "orders_discarded_unsigned" CHECK ("discarded_at" IS NULL OR "state" IN ('DRAFT', 'PREVIEWED'));

-- The content of a draft may change until the draft is signed or discarded. Whose order it is never changes.
DROP TRIGGER "orders_keeps_facts" ON "orders";
CREATE TRIGGER "orders_keeps_facts" BEFORE UPDATE OF "plans", "sessions", "occupation_levels", "persons", "certificates", "from_day", "until_day", "measures", "grounds", "reason", "rectify_by", "interim", "urgency", "end_condition", "supersedes", "title", "revision", "edited_by" ON "orders"
  FOR EACH ROW WHEN (OLD."state" NOT IN ('DRAFT', 'PREVIEWED') OR OLD."discarded_at" IS NOT NULL)
  EXECUTE FUNCTION "refuse_change"('version', 'state', 'previewed_at', 'signed_by', 'signed_at', 'document_no', 'epoch', 'fenced_at', 'issued_at', 'completed_at', 'suspended_at', 'suspend_reason', 'superseded_by', 'sweep_total', 'sweep_tries', 'sweep_next_at', 'cross_checks', 'swept_at', 'reopened_at', 'seals', 'stated_at', 'area', 'replaced_by_draft', 'discarded_at', 'discarded_by', 'discard_reason');
CREATE TRIGGER "orders_keeps_place" BEFORE UPDATE OF "id", "sequence", "institution", "institution_name", "authority", "case_id", "drafted_by", "drafted_at", "replaces_draft" ON "orders"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('version', 'state', 'previewed_at', 'signed_by', 'signed_at', 'document_no', 'epoch', 'fenced_at', 'issued_at', 'completed_at', 'suspended_at', 'suspend_reason', 'superseded_by', 'sweep_total', 'sweep_tries', 'sweep_next_at', 'cross_checks', 'swept_at', 'reopened_at', 'seals', 'stated_at', 'area', 'replaced_by_draft', 'discarded_at', 'discarded_by', 'discard_reason', 'plans', 'sessions', 'occupation_levels', 'persons', 'certificates', 'from_day', 'until_day', 'measures', 'grounds', 'reason', 'rectify_by', 'interim', 'urgency', 'end_condition', 'supersedes', 'title', 'revision', 'edited_by');
