-- What a row of an order met is kept, so that a sweep sees what somebody wrote to the database afterwards. See docs/HOLDS.md.

-- `facts`: digest of the columns of the record that the law rests on, as they were when the record was claimed
-- (evidence/facts.ts). Null in claims from before it was kept: those cannot be compared.
-- `inherited_from`: the order whose lifting handed `before` on to this claim.
ALTER TABLE messaging.claim ADD COLUMN facts bytea, ADD COLUMN inherited_from text;

-- What the service signed of a row when it was done: the root over all of its evidence. A row that is worked again adds a
-- version. Nothing here is ever changed or deleted.
CREATE TABLE messaging.row_evidence (
  order_id text NOT NULL,
  "row" integer NOT NULL,
  version integer NOT NULL,
  statement text NOT NULL,
  key_id text NOT NULL,
  algorithm text NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (order_id, "row", version)
);
