-- Records that nobody entitled has sealed are kept up to a limit for each topic and only counted beyond it: whoever can write to a topic
-- must not be able to fill the database. `unsealed` marks those that count towards the limit; a sealed record never does.
ALTER TABLE messaging.parked ADD COLUMN unsealed boolean NOT NULL DEFAULT false;
CREATE INDEX parked_unsealed ON messaging.parked (topic) WHERE unsealed;
-- For counts by state: an index-only scan, however large the values are.
CREATE INDEX parked_state ON messaging.parked (state);

-- How many were not kept, by hour. The bytes stay in the topic, between the two offsets. A record that is delivered twice counts twice.
CREATE TABLE messaging.not_kept (
  topic text NOT NULL,
  partition integer NOT NULL,
  reason text NOT NULL,
  hour timestamptz NOT NULL,
  records bigint NOT NULL,
  bytes bigint NOT NULL,
  first_offset bigint NOT NULL,
  last_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition, reason, hour)
) WITH (fillfactor = 50);

-- A discarded event that is sent once more is known by its id, and then by its bytes.
CREATE INDEX discarded_event ON messaging.discarded (topic, event_id) WHERE state <> 'quarantined';
