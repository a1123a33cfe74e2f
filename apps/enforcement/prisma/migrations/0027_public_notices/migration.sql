-- Public notices (公示) of decisions. Facts of a notice never change: only its document is added once, and its withdrawal.
ALTER TABLE "case_file" ADD COLUMN "notice_number" TEXT,
ADD COLUMN "notice_outdated" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "public_notice" (
    "id" TEXT COLLATE "C" NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "case_id" TEXT COLLATE "C" NOT NULL,
    "order_id" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "number" TEXT COLLATE "C" NOT NULL,
    "document_id" TEXT COLLATE "C" NOT NULL,
    "text" JSONB NOT NULL,
    "pages" INTEGER NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "public_until" TEXT COLLATE "C" NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT NOT NULL DEFAULT '',
    "replaced_by" TEXT COLLATE "C" NOT NULL DEFAULT '',

    CONSTRAINT "public_notice_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "public_notice_sequence_key" ON "public_notice"("sequence");

CREATE INDEX "public_notice_case_id_sequence_idx" ON "public_notice"("case_id", "sequence");

CREATE INDEX "public_notice_institution_sequence_idx" ON "public_notice"("institution", "sequence");

-- The list of a notice, up to a thousand entries a page.
CREATE TABLE "public_notice_page" (
    "notice_id" TEXT COLLATE "C" NOT NULL,
    "page" INTEGER NOT NULL,
    "entries" JSONB NOT NULL,

    CONSTRAINT "public_notice_page_pkey" PRIMARY KEY ("notice_id", "page"),
    CONSTRAINT "public_notice_page_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "public_notice"("id") ON DELETE RESTRICT ON UPDATE RESTRICT
);

CREATE TRIGGER "public_notice_keeps_facts" BEFORE UPDATE ON "public_notice"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"('number', 'document_id', 'withdrawn_at', 'withdrawn_reason', 'replaced_by');
CREATE TRIGGER "public_notice_never_deleted" BEFORE DELETE OR TRUNCATE ON "public_notice" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
CREATE TRIGGER "public_notice_page_keeps_facts" BEFORE UPDATE ON "public_notice_page" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "public_notice_page_never_deleted" BEFORE DELETE OR TRUNCATE ON "public_notice_page" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_delete"();
