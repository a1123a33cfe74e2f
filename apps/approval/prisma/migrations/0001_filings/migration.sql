-- Ids and codes are ASCII and compared byte by byte (COLLATE "C"): quicker than the language's order, and the same order
-- on every server, which the receipts' Merkle roots need.
CREATE TABLE "institution" (
    "code" TEXT COLLATE "C" NOT NULL,
    "uscc" TEXT COLLATE "C" NOT NULL,
    "name" TEXT NOT NULL,
    "institution_class" TEXT COLLATE "C" NOT NULL,
    "area" TEXT COLLATE "C" NOT NULL,
    "authority" TEXT COLLATE "C" NOT NULL,
    "valid_from" TEXT COLLATE "C" NOT NULL,
    "valid_until" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL DEFAULT 'FILED',
    "removed_at" TIMESTAMPTZ(3),
    "filed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "institution_pkey" PRIMARY KEY ("code"),
    CONSTRAINT "institution_state_known" CHECK ("state" IN ('FILED', 'REMOVED')),
    CONSTRAINT "institution_class_matches_code" CHECK (("institution_class", left("code", 1)) IN (('EMPLOYER', 'Y'), ('SOCIAL', 'S'))),
    CONSTRAINT "institution_validity_ordered" CHECK ("valid_from" <= "valid_until")
);

CREATE TABLE "scope_line" (
    "code" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT COLLATE "C" NOT NULL,
    "occupation" TEXT COLLATE "C" NOT NULL,
    "levels" TEXT[],

    CONSTRAINT "scope_line_pkey" PRIMARY KEY ("code", "position"),
    CONSTRAINT "scope_line_kind_known" CHECK ("kind" IN ('QUALIFICATION', 'LEVEL_RECOGNITION', 'SPECIAL_ABILITY'))
);

CREATE TABLE "notice" (
    "notice_id" TEXT COLLATE "C" NOT NULL,
    "order_id" TEXT COLLATE "C" NOT NULL,
    "document_no" TEXT NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "institution_name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("notice_id")
);

CREATE TABLE "rectification" (
    "order_id" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "document_no" TEXT NOT NULL,
    "rectify_by" TEXT COLLATE "C" NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "rectification_pkey" PRIMARY KEY ("order_id")
);

CREATE INDEX "institution_authority_code_idx" ON "institution"("authority", "code");

CREATE INDEX "scope_line_occupation_idx" ON "scope_line"("occupation");

-- An occupation stands once in the scope of each kind of evaluation.
CREATE UNIQUE INDEX "scope_line_code_kind_occupation_key" ON "scope_line"("code", "kind", "occupation");

-- One notice per order, however often the row is carried out.
CREATE UNIQUE INDEX "notice_order_id_key" ON "notice"("order_id");

CREATE INDEX "notice_published_at_notice_id_idx" ON "notice"("published_at", "notice_id");

CREATE INDEX "notice_institution_published_at_notice_id_idx" ON "notice"("institution", "published_at", "notice_id");

CREATE INDEX "rectification_institution_idx" ON "rectification"("institution");

ALTER TABLE "scope_line" ADD CONSTRAINT "scope_line_code_fkey" FOREIGN KEY ("code") REFERENCES "institution"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
