-- AlterTable
ALTER TABLE "orders" ADD COLUMN "case_id" TEXT,
ADD COLUMN "interim" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "urgency" TEXT NOT NULL DEFAULT '',
ADD COLUMN "end_condition" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "case_file" (
    "id" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "number" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "institution_name" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "jointly_with" TEXT[],
    "state" TEXT NOT NULL,
    "suspended" BOOLEAN NOT NULL DEFAULT false,
    "penalty_track" TEXT NOT NULL DEFAULT 'none',
    "transfer_track" TEXT NOT NULL DEFAULT 'none',
    "source" TEXT NOT NULL,
    "grounds" TEXT[],
    "summary" TEXT NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "notice_served_at" TIMESTAMPTZ(3),
    "decision_number" TEXT,
    "decision_order_id" TEXT,
    "decision_served_at" TIMESTAMPTZ(3),

    CONSTRAINT "case_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_entry" (
    "case_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,
    "document_ids" TEXT[],
    "attachment_ids" TEXT[],

    CONSTRAINT "case_entry_pkey" PRIMARY KEY ("case_id","number")
);

-- CreateIndex
CREATE INDEX "orders_case_id_idx" ON "orders"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "case_file_sequence_key" ON "case_file"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "case_file_number_key" ON "case_file"("number");

-- CreateIndex
CREATE INDEX "case_file_institution_sequence_idx" ON "case_file"("institution", "sequence");

-- CreateIndex
CREATE INDEX "case_file_authority_sequence_idx" ON "case_file"("authority", "sequence");

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_entry" ADD CONSTRAINT "case_entry_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: the second locks on what domain/cases decides. A decision has its number and its draft, or is none.
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_decision_whole" CHECK (num_nulls("decision_number", "decision_order_id") IN (0, 2));
ALTER TABLE "orders" ADD CONSTRAINT "orders_interim_reasoned" CHECK (NOT "interim" OR ("urgency" <> '' AND "end_condition" <> ''));
