-- How a service takes part in enforcement orders: guards and holds (who may not make what), the rows that were asked,
-- and the claims that orders have on records. See docs/HOLDS.md. Nothing is ever deleted here.

-- One row per institution that anything was written about or that was ever fenced. Writers lock it FOR SHARE, a fence
-- locks it FOR UPDATE and changes it, so that a writer under REPEATABLE READ fails instead of reading old holds.
CREATE TABLE messaging.guard (
  institution text PRIMARY KEY,
  fences bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

-- An order's hold on its scope. It stands while released_at is null; a released hold is never placed again.
CREATE TABLE messaging.hold (
  order_id text PRIMARY KEY,
  institution text NOT NULL,
  -- Total order per institution.
  epoch bigint NOT NULL,
  scope jsonb NOT NULL,
  -- True if it outlives the execution of the order (M1); else OrderCompleted releases it.
  standing boolean NOT NULL,
  placed_at timestamptz NOT NULL,
  released_at timestamptz
);
CREATE INDEX hold_standing_now ON messaging.hold (institution, epoch) WHERE released_at IS NULL;

-- The rows that orders asked of this service. `ask` is the RowAsk, `announced` the OrderIssued without its rows (for
-- undo rows: the lifting in the same shape), both encoded as they came: an old order keeps the table of its day.
CREATE TABLE messaging.order_row (
  order_id text NOT NULL,
  "row" integer NOT NULL,
  institution text NOT NULL,
  effect text NOT NULL,
  undo boolean NOT NULL,
  undoes_row integer NOT NULL,
  -- SETTLING: all records are done here, but the effect ends outside and is not acknowledged yet.
  state text NOT NULL CHECK (state IN ('WAITING', 'RUNNING', 'SETTLING', 'DONE', 'REFUSED')),
  -- How often it was started: a refused row may be asked again.
  attempt integer NOT NULL DEFAULT 0,
  ask bytea NOT NULL,
  announced bytea NOT NULL,
  tally jsonb,
  refusal text,
  asked_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (order_id, "row")
);
CREATE INDEX order_row_unfinished ON messaging.order_row (asked_at) WHERE state <> 'DONE';

-- What orders demand of records. `found` is the state that the order met and is never changed; `before` is the state to
-- restore when the last claim is lifted: the earliest standing claim holds it, and passes it on when it is lifted.
CREATE TABLE messaging.claim (
  seq bigint GENERATED ALWAYS AS IDENTITY,
  effect text NOT NULL,
  record_id text NOT NULL,
  order_id text NOT NULL,
  found text NOT NULL,
  before text NOT NULL,
  after text NOT NULL,
  -- The columns that this order writes beside the state, for the day when it becomes the earliest.
  columns jsonb,
  placed_at timestamptz NOT NULL,
  lifted_at timestamptz,
  PRIMARY KEY (order_id, effect, record_id)
);
CREATE INDEX claim_standing ON messaging.claim (effect, record_id, seq) WHERE lifted_at IS NULL;
