-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "orders" (
    "id" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "state" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "institution_name" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "plans" TEXT[],
    "sessions" TEXT[],
    "occupation_levels" TEXT[],
    "persons" TEXT[],
    "certificates" TEXT[],
    "from_day" TEXT NOT NULL,
    "until_day" TEXT NOT NULL,
    "measures" TEXT[],
    "grounds" TEXT[],
    "reason" TEXT NOT NULL,
    "rectify_by" TEXT NOT NULL,
    "drafted_by" TEXT NOT NULL,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL,
    "previewed_at" TIMESTAMPTZ(3),
    "signed_by" TEXT,
    "signed_at" TIMESTAMPTZ(3),
    "document_no" TEXT,
    "epoch" BIGINT,
    "fenced_at" TIMESTAMPTZ(3),
    "issued_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "lifted_by" TEXT,
    "lifted_at" TIMESTAMPTZ(3),
    "lift_document_no" TEXT,
    "lift_epoch" BIGINT,
    "lift_reason" TEXT,
    "lift_completed_at" TIMESTAMPTZ(3),
    "sweep_total" BIGINT,
    "sweep_tries" INTEGER NOT NULL DEFAULT 0,
    "sweep_next_at" TIMESTAMPTZ(3),

    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_row" (
    "order_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "measure" TEXT,
    "service" TEXT NOT NULL,
    "effect" TEXT NOT NULL,
    "after_row" INTEGER NOT NULL,
    "within_minutes" INTEGER NOT NULL,
    "undoes_row" INTEGER NOT NULL,
    "signed_count" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "overdue" BOOLEAN NOT NULL DEFAULT false,
    "preview_count" BIGINT,
    "preview_fen" BIGINT,
    "preview_people" BIGINT,
    "preview_sample" TEXT[],
    "preview_root" BYTEA,
    "progress_matched" BIGINT NOT NULL DEFAULT 0,
    "receipt_matched" BIGINT,
    "receipt_changed" BIGINT,
    "receipt_already" BIGINT,
    "receipt_fen" BIGINT,
    "receipt_root" BYTEA,
    "receipt_started_at" TIMESTAMPTZ(3),
    "receipt_finished_at" TIMESTAMPTZ(3),
    "refusal_reason" TEXT,
    "refusal_detail" TEXT,
    "residual_count" BIGINT,
    "residual_sample" TEXT[],
    "residual_at" TIMESTAMPTZ(3),

    CONSTRAINT "ledger_row_pkey" PRIMARY KEY ("order_id","number")
);

-- CreateTable
CREATE TABLE "fence" (
    "order_id" TEXT NOT NULL,
    "service" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "trouble" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "fence_pkey" PRIMARY KEY ("order_id","service")
);

-- CreateTable
CREATE TABLE "document_counter" (
    "series" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "document_counter_pkey" PRIMARY KEY ("series","authority","year")
);

-- CreateTable
CREATE TABLE "institution_epoch" (
    "institution" TEXT NOT NULL,
    "last" BIGINT NOT NULL,

    CONSTRAINT "institution_epoch_pkey" PRIMARY KEY ("institution")
);

-- CreateTable
CREATE TABLE "stray_report" (
    "event_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "service" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stray_report_pkey" PRIMARY KEY ("event_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "orders_sequence_key" ON "orders"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "orders_document_no_key" ON "orders"("document_no");

-- CreateIndex
CREATE UNIQUE INDEX "orders_lift_document_no_key" ON "orders"("lift_document_no");

-- CreateIndex
CREATE INDEX "orders_institution_sequence_idx" ON "orders"("institution", "sequence");

-- CreateIndex
CREATE INDEX "orders_authority_sequence_idx" ON "orders"("authority", "sequence");

-- CreateIndex
CREATE INDEX "orders_state_idx" ON "orders"("state");

-- CreateIndex
CREATE UNIQUE INDEX "orders_institution_epoch_key" ON "orders"("institution", "epoch");

-- CreateIndex
CREATE INDEX "ledger_row_due_at_idx" ON "ledger_row"("due_at");

-- CreateIndex
CREATE INDEX "fence_next_try_at_idx" ON "fence"("next_try_at");

-- CreateIndex
CREATE INDEX "stray_report_order_id_idx" ON "stray_report"("order_id");

-- AddForeignKey
ALTER TABLE "ledger_row" ADD CONSTRAINT "ledger_row_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fence" ADD CONSTRAINT "fence_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand, because Prisma does not know checks. The second lock on what domain/gates.ts decides (rules §7.9).
ALTER TABLE "orders" ADD CONSTRAINT "orders_two_people" CHECK ("signed_by" IS NULL OR "signed_by" <> "drafted_by");
ALTER TABLE "orders" ADD CONSTRAINT "orders_signed_whole" CHECK (num_nulls("signed_by", "signed_at", "document_no", "epoch") IN (0, 4));
ALTER TABLE "orders" ADD CONSTRAINT "orders_lifted_whole" CHECK (num_nulls("lifted_by", "lifted_at", "lift_document_no", "lift_epoch", "lift_reason") IN (0, 5));
ALTER TABLE "ledger_row" ADD CONSTRAINT "ledger_row_done_has_receipt" CHECK ("state" <> 'DONE' OR num_nulls("receipt_matched", "receipt_root") = 0);
