-- An order is lifted whole or in parts: each lifting is a row of its own, and each undo row says whose it is. The six columns
-- that held the one lifting of an order move there.
CREATE TABLE "lifting" (
    "order_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "lifted_by" TEXT NOT NULL,
    "lifted_at" TIMESTAMPTZ(3) NOT NULL,
    "document_no" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "ground" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "plans" TEXT[],
    "sessions" TEXT[],
    "occupation_levels" TEXT[],
    "persons" TEXT[],
    "certificates" TEXT[],
    "from_day" TEXT NOT NULL,
    "until_day" TEXT NOT NULL,
    "measures" TEXT[],
    "whole" BOOLEAN NOT NULL,
    "completed_at" TIMESTAMPTZ(3),
    CONSTRAINT "lifting_pkey" PRIMARY KEY ("order_id", "number"),
    CONSTRAINT "lifting_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "lifting_document_no_key" ON "lifting" ("document_no");

INSERT INTO "lifting"
SELECT "id", 1, "lifted_by", "lifted_at", "lift_document_no", "lift_epoch", 'SELF_CORRECTION', coalesce("lift_reason", ''),
       "plans", "sessions", "occupation_levels", "persons", "certificates", "from_day", "until_day", "measures", true, "lift_completed_at"
FROM "orders" WHERE "lifted_at" IS NOT NULL;

ALTER TABLE "ledger_row" ADD COLUMN "lifting" INTEGER NOT NULL DEFAULT 0;
UPDATE "ledger_row" SET "lifting" = 1 WHERE "undoes_row" > 0;

ALTER TABLE "orders"
    DROP COLUMN "lifted_by", DROP COLUMN "lifted_at", DROP COLUMN "lift_document_no", DROP COLUMN "lift_epoch",
    DROP COLUMN "lift_reason", DROP COLUMN "lift_completed_at",
    ADD COLUMN "suspended_at" TIMESTAMPTZ(3),
    ADD COLUMN "suspend_reason" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "supersedes" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "superseded_by" TEXT NOT NULL DEFAULT '';

CREATE TABLE "left_decision" (
    "order_id" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "record_id" TEXT NOT NULL,
    "decision" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "left_decision_pkey" PRIMARY KEY ("order_id", "row", "record_id")
);
