-- What a consumer was about to handle: written before, outside the transaction of the effects. A process that finds its own note for
-- the same position died there (out of memory, say), and handles the records one by one, until it knows which one is deadly.
CREATE TABLE messaging.attempt (
  topic text NOT NULL,
  partition integer NOT NULL,
  "offset" bigint NOT NULL,
  -- Times begun here as the first record of a batch, and times that the record was handled alone.
  begun integer NOT NULL DEFAULT 0,
  alone integer NOT NULL DEFAULT 0,
  -- Times that it was read alone and the reading did not end.
  reading integer NOT NULL DEFAULT 0,
  noted_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, partition, "offset")
) WITH (fillfactor = 50);
