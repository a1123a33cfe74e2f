-- Orders that are lifted in parts, suspended, or that left records behind. See docs/REVERSAL.md.

-- True for undo rows of a lifting whose scope is narrower than what its row worked on.
ALTER TABLE messaging.order_row ADD COLUMN narrowed boolean NOT NULL DEFAULT false;

-- Scopes that were lifted out of the hold, and since when it is paused by a court.
ALTER TABLE messaging.hold ADD COLUMN except_scopes jsonb NOT NULL DEFAULT '[]', ADD COLUMN paused_at timestamptz;

-- Orders that a court suspended. Their rows rest while resumed_at is null, those that take them back do not.
CREATE TABLE messaging.suspension (
  order_id text PRIMARY KEY,
  suspended_at timestamptz NOT NULL,
  resumed_at timestamptz
);

-- Records that an undo row would have restored, had nobody changed them meanwhile. Never deleted.
CREATE TABLE messaging.left_record (
  order_id text NOT NULL,
  "row" integer NOT NULL,
  record_id text NOT NULL,
  would_be text NOT NULL,
  found text NOT NULL,
  PRIMARY KEY (order_id, "row", record_id)
);
