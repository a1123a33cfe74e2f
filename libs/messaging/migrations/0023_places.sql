-- Where institutions are (libs/participation/src/places), for a service that begins to list rows of a whole territory: its migration makes
-- columns "authority" and "area" on the tables, text COLLATE "C" that may be null, and calls this once with their names. The first five
-- services have the same in migrations of their own.
CREATE FUNCTION messaging.keep_places(VARIADIC listed text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  one text;
  moves text := '';
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE TABLE institution_place (
    code text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    authority text COLLATE "C" NOT NULL,
    area text COLLATE "C" NOT NULL,
    search_text text NOT NULL
  );
  CREATE INDEX institution_place_search_text_idx ON institution_place USING gin (search_text gin_trgm_ops);
  CREATE FUNCTION take_place() RETURNS trigger LANGUAGE plpgsql AS $take$
  BEGIN
    SELECT p.authority, p.area INTO NEW.authority, NEW.area FROM institution_place p WHERE p.code = NEW.institution;
    RETURN NEW;
  END $take$;
  FOREACH one IN ARRAY listed LOOP
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE INSERT ON %I FOR EACH ROW WHEN (NEW.authority IS NULL) EXECUTE FUNCTION take_place()',
      one || '_placed', one);
    moves := moves || format(
      'UPDATE %I SET authority = NEW.authority, area = NEW.area
       WHERE institution = NEW.code AND (authority, area) IS DISTINCT FROM (NEW.authority, NEW.area); ', one);
  END LOOP;
  EXECUTE format('CREATE FUNCTION give_place() RETURNS trigger LANGUAGE plpgsql AS %L', 'BEGIN ' || moves || 'RETURN NULL; END');
  CREATE TRIGGER institution_place_given AFTER INSERT OR UPDATE ON institution_place FOR EACH ROW EXECUTE FUNCTION give_place();
END $$;
