-- News of an order is sealed, and each piece is told from one that somebody sends once more.

-- When enforcement decided what stands here, by its own seal. Null where no seal said so (from before there were any).
ALTER TABLE messaging.suspension ADD COLUMN decided_at timestamptz;

-- The last reopening that started the row.
ALTER TABLE messaging.order_row ADD COLUMN reopened_at timestamptz;
