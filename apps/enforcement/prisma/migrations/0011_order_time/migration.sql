-- The latest time that a decision on the order has stated: none of a later decision is before it, whatever the server's clock says.
ALTER TABLE "orders" ADD COLUMN "stated_at" TIMESTAMPTZ(3);

UPDATE "orders" SET "stated_at" = GREATEST("signed_at", "issued_at", "completed_at", "suspended_at", "reopened_at");
