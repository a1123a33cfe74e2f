-- A parked record keeps the headers that it came with, as JSON text: its seal is among them, and is checked again at a replay. Text
-- and not jsonb, which cannot hold every character. NULL in rows of the version before, which have source and traceparent.
ALTER TABLE messaging.parked ADD COLUMN headers text;

-- What nobody entitled has sealed is quarantined (隔离): kept and shown, and its key is not held.
ALTER TABLE messaging.parked DROP CONSTRAINT IF EXISTS parked_topic_key_fkey;
ALTER TABLE messaging.parked DROP CONSTRAINT IF EXISTS parked_state_check;
ALTER TABLE messaging.parked ADD CONSTRAINT parked_state_check CHECK (state IN ('poison', 'behind', 'quarantined'));
