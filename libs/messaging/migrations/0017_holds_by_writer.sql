-- In a topic with several writers a hold is one writer's: a report of exam that cannot be read holds exam's reports of the institution.
-- '' holds all writers: in topics with one, and in rows of the version before.
ALTER TABLE messaging.parked_key ADD COLUMN source text NOT NULL DEFAULT '';
ALTER TABLE messaging.parked_key DROP CONSTRAINT parked_key_pkey;
ALTER TABLE messaging.parked_key ADD PRIMARY KEY (topic, key, source);
