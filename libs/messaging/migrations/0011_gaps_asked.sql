-- Gaps are asked of the owner again, by the service itself.
ALTER TABLE messaging.gap ADD COLUMN tries integer NOT NULL DEFAULT 0;
ALTER TABLE messaging.gap ADD COLUMN next_ask_at timestamptz NOT NULL DEFAULT now();
-- What came of the last question: gap.* codes, see docs/MESSAGING.md.
ALTER TABLE messaging.gap ADD COLUMN reason text NOT NULL DEFAULT '';
-- Set when the owner says that it never gave these numbers. A gap that is filled goes away instead.
ALTER TABLE messaging.gap ADD COLUMN closed_at timestamptz;
CREATE INDEX gap_due ON messaging.gap (next_ask_at) WHERE closed_at IS NULL;
