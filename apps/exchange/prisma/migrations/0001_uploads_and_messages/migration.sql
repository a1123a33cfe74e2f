-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "upload" (
    "number" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "plan_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "occupation" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "exam_date" TEXT NOT NULL,
    "upload_state" TEXT NOT NULL,
    "message_id" TEXT,
    "claims" SMALLINT NOT NULL DEFAULT 0,
    "voided" BOOLEAN NOT NULL DEFAULT false,
    "reject_code" TEXT,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "waiting_upload" (
    "institution" TEXT COLLATE "C" NOT NULL,
    "number" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "waiting_upload_pkey" PRIMARY KEY ("institution","number")
);

-- CreateTable
CREATE TABLE "upload_claim" (
    "number" TEXT COLLATE "C" NOT NULL,
    "order_id" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "upload_claim_pkey" PRIMARY KEY ("number","order_id")
);

-- CreateTable
CREATE TABLE "withdrawal_order" (
    "order_id" TEXT NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "document_no" TEXT NOT NULL,
    "row" INTEGER NOT NULL,

    CONSTRAINT "withdrawal_order_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "message" (
    "position" BIGSERIAL NOT NULL,
    "message_id" TEXT NOT NULL,
    "agency" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "order_id" TEXT NOT NULL DEFAULT '',
    "row" INTEGER NOT NULL DEFAULT 0,
    "undo" BOOLEAN NOT NULL DEFAULT false,
    "continues" TEXT,
    "once_key" TEXT,
    "notice" JSONB,
    "numbers" TEXT[],
    "codes" TEXT[],
    "items" INTEGER NOT NULL,
    "acknowledged" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'PENDING',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT NOT NULL DEFAULT '',
    "receipt_no" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),

    CONSTRAINT "message_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "message_try" (
    "message_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "detail" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "message_try_pkey" PRIMARY KEY ("message_id","attempt")
);

-- CreateIndex
CREATE INDEX "upload_institution_number_idx" ON "upload"("institution", "number");

-- CreateIndex
CREATE INDEX "upload_institution_plan_id_idx" ON "upload"("institution", "plan_id");

-- CreateIndex
CREATE INDEX "upload_institution_person_idx" ON "upload"("institution", "person");

-- CreateIndex
CREATE UNIQUE INDEX "message_message_id_key" ON "message"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "message_once_key_key" ON "message"("once_key");

-- CreateIndex
CREATE INDEX "message_order_id_idx" ON "message"("order_id");

-- By hand from here on: Prisma knows neither checks, nor partial indexes, nor storage parameters. The numbers above are
-- compared by bytes (COLLATE "C"): cheaper, and the id order of the receipts' Merkle trees.
ALTER TABLE "upload" ADD CONSTRAINT "upload_state_known" CHECK ("upload_state" IN
  ('WAITING', 'SENDING', 'UPLOADED', 'REJECTED', 'WITHDRAWING', 'WITHDRAWAL_REJECTED', 'WITHDRAWN', 'RESTORING'));
ALTER TABLE "upload" ADD CONSTRAINT "upload_claims_counted" CHECK ("claims" >= 0);
ALTER TABLE "message" ADD CONSTRAINT "message_known" CHECK (
  "agency" IN ('MINISTRY', 'POLICE', 'MARKET_REGULATOR') AND "kind" IN ('upload', 'withdraw', 'notice')
  AND "state" IN ('PENDING', 'ACKNOWLEDGED', 'PARTLY_REJECTED'));

-- States change in place (HOT): no index mentions them, and every page keeps room for a second version of all its rows,
-- because an order changes them page by page, each page in one transaction.
ALTER TABLE "upload" SET (fillfactor = 45);

-- The sender's question, asked several times a second: what is due for this agency?
CREATE INDEX "message_due" ON "message" ("agency", "next_try_at") WHERE "state" = 'PENDING';
