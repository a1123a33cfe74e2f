-- Counts that are due are looked for twice a second: only those that have one.
CREATE INDEX "orders_sweep_next_at_idx" ON "orders"("sweep_next_at") WHERE "sweep_next_at" IS NOT NULL;
