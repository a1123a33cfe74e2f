-- What nobody entitled has sealed is quarantined (隔离): kept and shown, and its key is not held.
ALTER TABLE messaging.parked DROP CONSTRAINT IF EXISTS parked_topic_key_fkey;
ALTER TABLE messaging.parked DROP CONSTRAINT IF EXISTS parked_state_check;
ALTER TABLE messaging.parked ADD CONSTRAINT parked_state_check CHECK (state IN ('poison', 'behind', 'quarantined'));
