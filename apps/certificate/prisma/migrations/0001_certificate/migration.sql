CREATE TABLE "certificate" (
    "number" TEXT NOT NULL,
    "result_id" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "occupation" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "exam_date" TEXT NOT NULL,
    "issued_on" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "voided_at" TIMESTAMPTZ(3),
    "voided_by" TEXT,
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
    "institution" TEXT NOT NULL,
    "year" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "number_counter_pkey" PRIMARY KEY ("institution", "year", "level"),
    CONSTRAINT "number_counter_in_range" CHECK ("last" BETWEEN 0 AND 999999)
);

-- Numbers are compared byte by byte here: those of an institution are one range of the key.
CREATE TABLE "upload" (
    "number" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("number"),
    CONSTRAINT "upload_state_known" CHECK ("state" IN ('UPLOADED', 'WITHDRAWN'))
);

CREATE UNIQUE INDEX "certificate_result_id_key" ON "certificate"("result_id");

CREATE INDEX "certificate_institution_number_idx" ON "certificate"("institution", "number");
