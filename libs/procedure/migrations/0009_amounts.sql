-- Which version of its amount a limit was counted by (empty: as the registry of the service has it), and whether its end was named as a day.
ALTER TABLE procedure."limit" ADD COLUMN amount_version text NOT NULL DEFAULT '';
ALTER TABLE procedure."limit" ADD COLUMN end_named boolean NOT NULL DEFAULT false;

-- That a limit was counted anew (重新计算): by another version of its amount, or, where that is the same, by the days off of a year.
CREATE TABLE procedure.limit_recount (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  limit_id       text NOT NULL REFERENCES procedure."limit" (id),
  at             timestamptz(3) NOT NULL,
  version_before text NOT NULL,
  version_after  text NOT NULL,
  due_before     timestamptz(3) NOT NULL,
  due_after      timestamptz(3) NOT NULL
);
CREATE INDEX limit_recount_limit ON procedure.limit_recount (limit_id, id);
CREATE TRIGGER limit_recount_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON procedure.limit_recount
  FOR EACH STATEMENT EXECUTE FUNCTION procedure.refuse_entry_change();
