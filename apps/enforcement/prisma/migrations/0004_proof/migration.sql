-- What an order is proven with: the services' signatures under their receipts, why a receipt is in doubt, enforcement's own
-- signatures over what was ordered, and the certificates of what was carried out. Receipts and certificates are only added.

-- AlterTable
ALTER TABLE "orders" ADD COLUMN "seals" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "ledger_row"
  ADD COLUMN "receipt_left" BIGINT,
  ADD COLUMN "receipt_leaves" BIGINT,
  ADD COLUMN "receipt_key_id" TEXT,
  ADD COLUMN "receipt_algorithm" TEXT,
  ADD COLUMN "receipt_signature" BYTEA,
  ADD COLUMN "dispute_reason" TEXT,
  ADD COLUMN "dispute_detail" TEXT,
  ADD COLUMN "disputed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "stray_report" ADD COLUMN "content" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "kept_receipt" (
    "event_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "content" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kept_receipt_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "completion_certificate" (
    "order_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "json" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "completion_certificate_pkey" PRIMARY KEY ("order_id", "version")
);

-- CreateIndex
CREATE INDEX "kept_receipt_order_id_row_idx" ON "kept_receipt"("order_id", "row");
