-- Parking by coordinates and bytes: the key and the headers as they came, for whoever looks at the message, and for its seal, which is
-- among the headers and is checked again at a replay. `headers` is JSON text
-- (name, base64) in bytes. Null in rows from before they were kept, and `key_bytes` also where a record had no key.
ALTER TABLE messaging.parked ADD COLUMN key_bytes bytea, ADD COLUMN headers bytea;

-- One person proposes to discard a parked message, another confirms.
CREATE TABLE messaging.discard_proposal (
  parked_id bigint PRIMARY KEY REFERENCES messaging.parked (id) ON DELETE CASCADE,
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL
);

-- What was discarded, with its bytes, and by whom. Kept for ever.
CREATE TABLE messaging.discarded (
  parked_id bigint PRIMARY KEY,
  topic text NOT NULL,
  key text NOT NULL,
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  event_id text NOT NULL,
  type text NOT NULL,
  source text NOT NULL,
  traceparent text,
  state text NOT NULL,
  parked_reason text NOT NULL,
  tries integer NOT NULL,
  value bytea NOT NULL,
  key_bytes bytea,
  headers bytea,
  parked_at timestamptz NOT NULL,
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_name text NOT NULL,
  proposed_at timestamptz NOT NULL,
  confirmed_by text NOT NULL,
  confirmed_name text NOT NULL,
  confirmed_at timestamptz NOT NULL,
  CHECK (proposed_by <> confirmed_by)
);
