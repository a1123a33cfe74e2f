-- The registers of reconsiderations (行政复议) and suits (行政诉讼). An entry is never changed, nothing is deleted.
-- CreateTable
CREATE TABLE "remedy" (
    "id" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "institution" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "against" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "follows" TEXT NOT NULL,
    "applicant" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "body_no" TEXT NOT NULL,
    "received_on" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "stayed" BOOLEAN NOT NULL DEFAULT false,
    "stay_applied" BOOLEAN NOT NULL DEFAULT false,
    "result" TEXT,
    "result_on" TEXT,
    "result_no" TEXT,
    "result_served_on" TEXT,
    "result_text" TEXT,
    "result_measures" TEXT[],
    "result_scope" JSONB,
    "settled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "remedy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "remedy_entry" (
    "remedy_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "day" TEXT NOT NULL,
    "document_no" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "attachment_ids" TEXT[],

    CONSTRAINT "remedy_entry_pkey" PRIMARY KEY ("remedy_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "remedy_sequence_key" ON "remedy"("sequence");

-- CreateIndex
CREATE INDEX "remedy_case_id_idx" ON "remedy"("case_id");

-- CreateIndex
CREATE INDEX "remedy_order_id_idx" ON "remedy"("order_id");

-- CreateIndex
CREATE INDEX "remedy_institution_sequence_idx" ON "remedy"("institution", "sequence");

-- CreateIndex
CREATE INDEX "remedy_authority_sequence_idx" ON "remedy"("authority", "sequence");

-- AddForeignKey
ALTER TABLE "remedy_entry" ADD CONSTRAINT "remedy_entry_remedy_id_fkey" FOREIGN KEY ("remedy_id") REFERENCES "remedy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A remedy is followed by one at most.
CREATE UNIQUE INDEX "remedy_follows_key" ON "remedy"("follows") WHERE "follows" <> '';

CREATE TRIGGER "remedy_entry_never_updated" BEFORE UPDATE ON "remedy_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "remedy_entry_never_deleted" BEFORE DELETE OR TRUNCATE ON "remedy_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "remedy_never_deleted" BEFORE DELETE OR TRUNCATE ON "remedy" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
