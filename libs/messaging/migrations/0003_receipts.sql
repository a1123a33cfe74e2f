-- The receipt that was sent for a row, encoded as it went out: asked again (it was lost, or is doubted) the service sends
-- the same bytes, signed when the work was done. Null for rows that have none, and for those from before it was kept.
ALTER TABLE messaging.order_row ADD COLUMN receipt bytea;
