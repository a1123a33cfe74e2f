-- Lists of a whole territory: authority and area stand on the rows, and names are searched by trigrams. The rows get both from a copy of
-- what approval tells of institutions, by triggers: so the version before this one, which knows neither, writes them as well, and no
-- writer can forget. Writers of many rows set them in their own statement, which costs less. What is there already gets them when its
-- institution is told (again).
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

ALTER TABLE "certificate" ADD COLUMN "authority" TEXT COLLATE "C", ADD COLUMN "area" TEXT COLLATE "C";

CREATE INDEX "certificate_authority_number_idx" ON "certificate"("authority", "number");
CREATE INDEX "certificate_issued_on_number_idx" ON "certificate"("issued_on", "number");
CREATE INDEX "certificate_occupation_number_idx" ON "certificate"("occupation", "number");

-- The migration engine cuts scripts at every semicolon: the functions' own are written as U&'\003B'.
CREATE FUNCTION "take_place"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN SELECT p.authority, p.area INTO NEW.authority, NEW.area FROM institution_place p WHERE p.code = NEW.institution\003B RETURN NEW\003B END\003B';
CREATE TRIGGER "certificate_placed" BEFORE INSERT ON "certificate" FOR EACH ROW WHEN (NEW."authority" IS NULL) EXECUTE FUNCTION "take_place"();
CREATE FUNCTION "give_place"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN UPDATE certificate SET authority = NEW.authority, area = NEW.area
  WHERE institution = NEW.code AND (authority, area) IS DISTINCT FROM (NEW.authority, NEW.area)\003B
  RETURN NULL\003B END\003B';
CREATE TRIGGER "institution_place_given" AFTER INSERT OR UPDATE ON "institution_place" FOR EACH ROW EXECUTE FUNCTION "give_place"();
