-- The facts of a service (送达) beside mode and receiver: the time of the delivery, the receiver's capacity, servers, witness, mail number,
-- publication, proof. Empty for a service that an older version recorded.
ALTER TABLE procedure.delivery ADD COLUMN facts jsonb NOT NULL DEFAULT '{}';
