-- Years of the working-day calendar as two people load them. A version is never changed and never deleted: only its confirmation is added.
CREATE TABLE "calendar_year" (
    "jurisdiction" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "off" JSONB NOT NULL,
    "worked" TEXT[],
    "source" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_name" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" TEXT,
    "confirmed_name" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "calendar_year_pkey" PRIMARY KEY ("jurisdiction", "year", "version")
);

CREATE TRIGGER "calendar_year_keeps_facts" BEFORE UPDATE ON "calendar_year"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('confirmed_by', 'confirmed_name', 'confirmed_at');
CREATE TRIGGER "calendar_year_never_deleted" BEFORE DELETE OR TRUNCATE ON "calendar_year" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
