-- Public notices of decisions (处理决定公示), a copy from enforcement.v1. A notice is withdrawn, never deleted. A withdrawal removes its text, its
-- document and its list.
CREATE TABLE "decision_notice" (
    "notice_id" TEXT COLLATE "C" NOT NULL,
    "number" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "institution_name" TEXT NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "public_until" TEXT COLLATE "C" NOT NULL,
    "text" JSONB,
    "pdf" BYTEA,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "replaces" TEXT NOT NULL DEFAULT '',
    "replaced_by" TEXT NOT NULL DEFAULT '',
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "decision_notice_pkey" PRIMARY KEY ("notice_id"),
    CONSTRAINT "decision_notice_withdrawn" CHECK ("withdrawn_at" IS NULL OR ("text" IS NULL AND "pdf" IS NULL))
);

CREATE INDEX "decision_notice_published_at_notice_id_idx" ON "decision_notice"("published_at", "notice_id");

CREATE INDEX "decision_notice_institution_published_at_idx" ON "decision_notice"("institution", "published_at");

CREATE TABLE "decision_notice_page" (
    "notice_id" TEXT COLLATE "C" NOT NULL,
    "page" INTEGER NOT NULL,
    "entries" JSONB NOT NULL,

    CONSTRAINT "decision_notice_page_pkey" PRIMARY KEY ("notice_id", "page")
);

CREATE TRIGGER "decision_notice_never_deleted" BEFORE DELETE OR TRUNCATE ON "decision_notice" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
