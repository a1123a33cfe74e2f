-- CreateTable
CREATE TABLE "document" (
    "id" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "case_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "pdf" BYTEA NOT NULL,
    "sha256" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "algorithm" TEXT NOT NULL,
    "signature" BYTEA NOT NULL,
    "issued_by" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_due" (
    "order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "trouble" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "document_due_pkey" PRIMARY KEY ("order_id","kind","about")
);

-- CreateIndex
CREATE INDEX "document_due_next_try_at_idx" ON "document_due"("next_try_at");

-- CreateTable
CREATE TABLE "document_service" (
    "document_id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "receiver" TEXT NOT NULL,
    "served_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "receipt_document_id" TEXT NOT NULL,

    CONSTRAINT "document_service_pkey" PRIMARY KEY ("document_id")
);

-- CreateTable
CREATE TABLE "attachment" (
    "id" TEXT NOT NULL,
    "sequence" BIGSERIAL NOT NULL,
    "case_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" BYTEA NOT NULL,
    "added_by" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deadline" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "nearing_at" TIMESTAMPTZ(3) NOT NULL,
    "provisional" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "met_at" TIMESTAMPTZ(3),
    "open" BOOLEAN NOT NULL,
    "next_look_at" TIMESTAMPTZ(3),

    CONSTRAINT "deadline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rectification" (
    "order_id" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "rectification_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "rectification_evidence" (
    "order_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "attachment_ids" TEXT[],
    "by" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rectification_evidence_pkey" PRIMARY KEY ("order_id","number")
);

-- CreateTable
CREATE TABLE "rectification_check" (
    "order_id" TEXT NOT NULL,
    "round" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "by_name" TEXT NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rectification_check_pkey" PRIMARY KEY ("order_id","round","by")
);

-- CreateTable
CREATE TABLE "follow_up" (
    "order_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "case_id" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "done_by" TEXT,
    "done_at" TIMESTAMPTZ(3),
    "cancelled" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "follow_up_pkey" PRIMARY KEY ("order_id","kind")
);

-- CreateIndex
CREATE UNIQUE INDEX "document_sequence_key" ON "document"("sequence");

-- CreateIndex
CREATE UNIQUE INDEX "document_number_key" ON "document"("number");

-- CreateIndex
CREATE INDEX "document_order_id_kind_idx" ON "document"("order_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "document_case_id_order_id_kind_about_version_key" ON "document"("case_id", "order_id", "kind", "about", "version");

-- CreateIndex
CREATE UNIQUE INDEX "attachment_sequence_key" ON "attachment"("sequence");

-- CreateIndex
CREATE INDEX "attachment_case_id_idx" ON "attachment"("case_id");

-- CreateIndex
CREATE INDEX "deadline_case_id_code_idx" ON "deadline"("case_id", "code");

-- CreateIndex
CREATE INDEX "deadline_state_due_at_id_idx" ON "deadline"("state", "due_at", "id");

-- CreateIndex
CREATE INDEX "rectification_case_id_idx" ON "rectification"("case_id");

-- CreateIndex
CREATE INDEX "follow_up_case_id_idx" ON "follow_up"("case_id");

-- AddForeignKey
ALTER TABLE "document_service" ADD CONSTRAINT "document_service_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rectification_evidence" ADD CONSTRAINT "rectification_evidence_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "rectification"("order_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rectification_check" ADD CONSTRAINT "rectification_check_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "rectification"("order_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand, because Prisma does not know partial indexes, checks and triggers.
-- The clock reads only what it has to look at, and the board only what is open: both stay small however much is over.
CREATE INDEX "deadline_next_look" ON "deadline" ("next_look_at") WHERE "next_look_at" IS NOT NULL;
CREATE INDEX "deadline_next_look_institution" ON "deadline" ("institution", "next_look_at") WHERE "next_look_at" IS NOT NULL;
CREATE INDEX "deadline_board" ON "deadline" ("due_at", "id") WHERE "open";
CREATE INDEX "deadline_board_authority" ON "deadline" ("authority", "due_at", "id") WHERE "open";
CREATE INDEX "deadline_board_institution" ON "deadline" ("institution", "due_at", "id") WHERE "open";
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_look_only_live" CHECK (("next_look_at" IS NOT NULL) = ("state" IN ('RUNNING', 'NEARING')));
-- One at a time of each code for each owner, whoever starts it again.
CREATE UNIQUE INDEX "deadline_one_live" ON "deadline" ("case_id", "order_id", "code") WHERE "state" IN ('RUNNING', 'NEARING');
ALTER TABLE "attachment" ADD CONSTRAINT "attachment_size" CHECK ("bytes" = octet_length("content") AND "bytes" BETWEEN 1 AND 5242880);
ALTER TABLE "document" ADD CONSTRAINT "document_hashed" CHECK (octet_length("sha256") = 32 AND "sha256" = sha256("pdf"));
ALTER TABLE "follow_up" ADD CONSTRAINT "follow_up_done_whole" CHECK (num_nulls("done_by", "done_at") IN (0, 2) AND ("done_at" IS NULL OR "note" <> ''));

-- What was issued and what was handed in stays as it is, whoever holds the connection.
-- The migration engine cuts scripts at every semicolon, also inside $$: the function's own two are written as U&'\003B'.
CREATE FUNCTION "never_changed"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN RAISE EXCEPTION ''rows of % are never changed'', TG_TABLE_NAME\003B END\003B';
CREATE TRIGGER "document_never_changed" BEFORE UPDATE OR DELETE ON "document" FOR EACH ROW EXECUTE FUNCTION "never_changed"();
CREATE TRIGGER "document_service_never_changed" BEFORE UPDATE OR DELETE ON "document_service" FOR EACH ROW EXECUTE FUNCTION "never_changed"();
CREATE TRIGGER "attachment_never_changed" BEFORE UPDATE OR DELETE ON "attachment" FOR EACH ROW EXECUTE FUNCTION "never_changed"();
