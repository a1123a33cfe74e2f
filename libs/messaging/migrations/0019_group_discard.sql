-- Many quarantined messages discarded in one act: one person proposes, which fixes the set (up to `last_id`, `messages` of them, of this
-- digest), another confirms just that set. What came later, or what changed since, is not discarded.
CREATE TABLE messaging.discard_group (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  -- The filter: an empty reason and null times narrow nothing.
  parked_reason text NOT NULL,
  parked_from timestamptz,
  parked_until timestamptz,
  last_id bigint NOT NULL,
  messages integer NOT NULL,
  digest text NOT NULL,
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('confirmed', 'replaced')),
  closed_at timestamptz,
  confirmed_by text,
  confirmed_name text,
  CHECK (proposed_by <> confirmed_by)
);
CREATE INDEX discard_group_open ON messaging.discard_group (id) WHERE outcome IS NULL;
-- For the filter.
CREATE INDEX parked_quarantined ON messaging.parked (topic, id) WHERE state = 'quarantined';

CREATE TRIGGER discard_group_keeps_proposal BEFORE UPDATE OR DELETE ON messaging.discard_group
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change('outcome', 'closed_at', 'confirmed_by', 'confirmed_name');
CREATE TRIGGER discard_group_never_emptied BEFORE TRUNCATE ON messaging.discard_group
  FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();
