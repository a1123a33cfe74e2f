-- Lists of a whole territory: the area stands on the rows beside the authority, and names are searched by trigrams. The rows get it from a copy of
-- what approval tells of institutions, by triggers: so the version before this one writes it as well, and no writer
-- can forget. What is there already gets it when its institution is told (again).
CREATE EXTENSION IF NOT EXISTS "pg_trgm";

CREATE TABLE "institution_place" (
    "code" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "area" TEXT COLLATE "C" NOT NULL,
    "search_text" TEXT NOT NULL,

    CONSTRAINT "institution_place_pkey" PRIMARY KEY ("code")
);

CREATE INDEX "institution_place_search_text_idx" ON "institution_place" USING GIN ("search_text" gin_trgm_ops);

ALTER TABLE "orders" ADD COLUMN "area" TEXT COLLATE "C";
ALTER TABLE "case_file" ADD COLUMN "area" TEXT COLLATE "C";

-- The migration engine cuts scripts at every semicolon: the functions' own are written as U&'\003B'.
CREATE FUNCTION "take_area"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN SELECT p.area INTO NEW.area FROM institution_place p WHERE p.code = NEW.institution\003B RETURN NEW\003B END\003B';
CREATE TRIGGER "orders_placed" BEFORE INSERT ON "orders" FOR EACH ROW WHEN (NEW."area" IS NULL) EXECUTE FUNCTION "take_area"();
CREATE TRIGGER "case_file_placed" BEFORE INSERT ON "case_file" FOR EACH ROW WHEN (NEW."area" IS NULL) EXECUTE FUNCTION "take_area"();
CREATE FUNCTION "give_area"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN UPDATE orders SET area = NEW.area WHERE institution = NEW.code AND area IS DISTINCT FROM NEW.area\003B
  UPDATE case_file SET area = NEW.area WHERE institution = NEW.code AND area IS DISTINCT FROM NEW.area\003B
  RETURN NULL\003B END\003B';
CREATE TRIGGER "institution_place_given" AFTER INSERT OR UPDATE ON "institution_place" FOR EACH ROW EXECUTE FUNCTION "give_area"();
