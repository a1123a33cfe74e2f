-- An event id is its writer's: what another service publishes under the same id is another event.

-- Who published the event. Null in rows of versions before this one, which stand for the event of every writer.
ALTER TABLE messaging.inbox ADD COLUMN source text;

-- Events whose id another writer's event has in `inbox`. Its primary key stays `event_id`: the version before inserts by it.
CREATE TABLE messaging.inbox_same_id (
  event_id uuid NOT NULL,
  source text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (event_id, source)
);
CREATE TRIGGER inbox_same_id_never_changed BEFORE UPDATE OR DELETE ON messaging.inbox_same_id
  FOR EACH ROW EXECUTE FUNCTION messaging.refuse_change();
CREATE TRIGGER inbox_same_id_never_emptied BEFORE TRUNCATE ON messaging.inbox_same_id
  FOR EACH STATEMENT EXECUTE FUNCTION messaging.refuse_delete();

-- Whether a record is parked already is asked for each that is to be parked.
CREATE INDEX parked_event ON messaging.parked (topic, event_id);
