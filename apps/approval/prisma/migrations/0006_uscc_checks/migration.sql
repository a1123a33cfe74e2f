-- Codes (统一社会信用代码) whose check character is wrong on the licence: one officer proposes with the scan, another of the same authority
-- confirms or refuses it. Each proposal is a row of its own. A decided row is never changed, and no row is deleted.
CREATE TABLE "uscc_check" (
    "uscc" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "reason" TEXT NOT NULL,
    "licence_name" TEXT NOT NULL,
    "licence_type" TEXT NOT NULL,
    "licence" BYTEA NOT NULL,
    "licence_bytes" INTEGER NOT NULL,
    "licence_sha256" BYTEA NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_by_name" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed" BOOLEAN,
    "decided_by" TEXT,
    "decided_by_name" TEXT NOT NULL DEFAULT '',
    "decided_at" TIMESTAMPTZ(3),
    "refusal" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "uscc_check_pkey" PRIMARY KEY ("uscc", "institution", "version"),
    CONSTRAINT "uscc_check_second_person" CHECK ("decided_by" <> "proposed_by"),
    CONSTRAINT "uscc_check_decided" CHECK (("confirmed" IS NULL) = ("decided_by" IS NULL) AND ("confirmed" IS NULL) = ("decided_at" IS NULL))
);

CREATE INDEX "uscc_check_authority_proposed_at_idx" ON "uscc_check"("authority", "proposed_at");

CREATE TRIGGER "uscc_check_never_deleted" BEFORE DELETE OR TRUNCATE ON "uscc_check" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "uscc_check_decided_stays" BEFORE UPDATE ON "uscc_check"
  FOR EACH ROW WHEN (OLD."decided_at" IS NOT NULL) EXECUTE FUNCTION "refuse_change"();
