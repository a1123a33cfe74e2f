-- Numbers and codes are ASCII and compared byte by byte (COLLATE "C"): quicker than the language's order, the same order
-- on every server, which the receipts' Merkle roots need, and an institution's numbers are one range of the index.
CREATE TABLE "certificate" (
    "number" TEXT COLLATE "C" NOT NULL,
    "result_id" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "plan_id" TEXT COLLATE "C" NOT NULL,
    "session_id" TEXT COLLATE "C" NOT NULL,
    "occupation" TEXT COLLATE "C" NOT NULL,
    "level" TEXT COLLATE "C" NOT NULL,
    "person" TEXT COLLATE "C" NOT NULL,
    "exam_date" TEXT COLLATE "C" NOT NULL,
    "issued_on" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "voided_at" TIMESTAMPTZ(3),
    "voided_by" TEXT COLLATE "C",
    "void_document_no" TEXT,
    "masked_name" TEXT NOT NULL,
    "sealed_holder" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "certificate_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "certificate_state_known" CHECK ("state" IN ('ISSUED', 'VOIDED')),
    CONSTRAINT "certificate_number_of_institution" CHECK (left("number", 13) = "institution"),
    -- A void certificate always says since when and by which document, a valid one never does.
    CONSTRAINT "certificate_void_explained" CHECK (
      ("state" = 'VOIDED') = ("voided_at" IS NOT NULL AND "voided_by" IS NOT NULL AND "void_document_no" IS NOT NULL)
    )
);

CREATE TABLE "number_counter" (
    "institution" TEXT COLLATE "C" NOT NULL,
    "year" TEXT COLLATE "C" NOT NULL,
    "level" TEXT COLLATE "C" NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "number_counter_pkey" PRIMARY KEY ("institution", "year", "level"),
    CONSTRAINT "number_counter_in_range" CHECK ("last" BETWEEN 0 AND 999999)
);

CREATE TABLE "upload" (
    "number" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "upload_state_known" CHECK ("state" IN ('UPLOADED', 'WITHDRAWN'))
);

CREATE UNIQUE INDEX "certificate_result_id_key" ON "certificate"("result_id");

CREATE INDEX "certificate_institution_number_idx" ON "certificate"("institution", "number");
