-- Orders are counted across services too, and swept every night after they are closed: what the last checks found, when the
-- last sweep was, when one opened the order again, and from when on a row's receipt is a newer one.

-- AlterTable
ALTER TABLE "orders"
  ADD COLUMN "cross_checks" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "swept_at" TIMESTAMPTZ(3),
  ADD COLUMN "reopened_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ledger_row" ADD COLUMN "renewed_after" TIMESTAMPTZ(3);

-- The night's round asks for closed orders, the one swept longest ago first, however many there are.
CREATE INDEX "orders_swept_longest_ago" ON "orders" ("swept_at" NULLS FIRST, "sequence") WHERE "state" IN ('COMPLETED', 'LIFTED');
