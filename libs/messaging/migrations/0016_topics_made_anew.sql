-- A topic that was made anew under the same name counts its offsets from 0 again.

-- What was parked from the topic before steps aside: its offset becomes the negative of its id, and this is where it was.
ALTER TABLE messaging.parked ADD COLUMN former_offset bigint;

-- What the first record of the last batch was, per partition: read again when the partition is assigned, it must be the same record.
CREATE TABLE messaging.position (
  topic text NOT NULL,
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  -- SHA-256 of the record.
  digest bytea NOT NULL,
  PRIMARY KEY (topic, partition)
) WITH (fillfactor = 50);

-- When the position was first noted; noted_at is the last time.
ALTER TABLE messaging.attempt ADD COLUMN since timestamptz NOT NULL DEFAULT now();
