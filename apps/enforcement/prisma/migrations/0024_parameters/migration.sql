-- Amounts of limits as two people set them. A version is never changed and never deleted: only its confirmation is added.
CREATE TABLE "parameter" (
    "code" TEXT NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "valid_from" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "unit" TEXT NOT NULL,
    "extension" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_name" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" TEXT,
    "confirmed_name" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "parameter_pkey" PRIMARY KEY ("code", "jurisdiction", "version")
);

CREATE TRIGGER "parameter_keeps_facts" BEFORE UPDATE ON "parameter"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('confirmed_by', 'confirmed_name', 'confirmed_at');
CREATE TRIGGER "parameter_never_deleted" BEFORE DELETE OR TRUNCATE ON "parameter" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
