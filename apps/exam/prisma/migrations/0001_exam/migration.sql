CREATE TABLE "plan" (
    "plan_id" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "occupation" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "exam_date" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("plan_id"),
    CONSTRAINT "plan_state_known" CHECK ("state" IN ('DRAFT', 'PUBLISHED', 'DONE', 'STOPPED_BY_AUTHORITY'))
);

CREATE TABLE "session" (
    "session_id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "date" TEXT NOT NULL,
    "area" TEXT NOT NULL,
    "venue" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("session_id")
);

CREATE TABLE "result" (
    "result_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "plan_id" TEXT NOT NULL,
    "institution" TEXT NOT NULL,
    "occupation" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "exam_date" TEXT NOT NULL,
    "theory_tenths" INTEGER NOT NULL,
    "skill_tenths" INTEGER NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "certificate_number" TEXT,
    "sealed_candidate" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "result_pkey" PRIMARY KEY ("result_id"),
    CONSTRAINT "result_state_known" CHECK ("state" IN ('RECORDED', 'PUBLISHED', 'CANCELLED')),
    CONSTRAINT "result_scores_in_range" CHECK ("theory_tenths" BETWEEN 0 AND 1000 AND "skill_tenths" BETWEEN 0 AND 1000)
)
-- Room on each page for the certificate's number, which comes later: the row stays on its page and no index changes.
WITH (fillfactor = 85);

CREATE INDEX "plan_institution_plan_id_idx" ON "plan"("institution", "plan_id");

CREATE INDEX "session_plan_id_idx" ON "session"("plan_id");

CREATE INDEX "session_institution_session_id_idx" ON "session"("institution", "session_id");

CREATE INDEX "result_institution_result_id_idx" ON "result"("institution", "result_id");

CREATE UNIQUE INDEX "result_session_id_person_key" ON "result"("session_id", "person");

ALTER TABLE "session" ADD CONSTRAINT "session_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("plan_id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "result" ADD CONSTRAINT "result_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("session_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
