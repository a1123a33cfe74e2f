-- Ids and codes are ASCII and compared byte by byte (COLLATE "C"): quicker than the language's order, and the same order
-- on every server, which the receipts' Merkle roots need. Money is bigint fen and always positive.
CREATE TABLE "payment" (
    "payment_id" TEXT COLLATE "C" NOT NULL,
    "certificate_number" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "plan_id" TEXT COLLATE "C" NOT NULL,
    "session_id" TEXT COLLATE "C" NOT NULL,
    "occupation" TEXT COLLATE "C" NOT NULL,
    "level" TEXT COLLATE "C" NOT NULL,
    "person" TEXT COLLATE "C" NOT NULL,
    "fen" BIGINT NOT NULL,
    "fund_source" TEXT COLLATE "C" NOT NULL,
    "paid_on" TEXT COLLATE "C" NOT NULL,
    "exam_date" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("payment_id"),
    CONSTRAINT "payment_fen_positive" CHECK ("fen" > 0),
    CONSTRAINT "payment_fund_source_known" CHECK ("fund_source" IN ('UNEMPLOYMENT_INSURANCE', 'EMPLOYMENT_FUND', 'SKILL_ACTION_ACCOUNT'))
);

CREATE TABLE "recovery" (
    "recovery_id" TEXT COLLATE "C" NOT NULL,
    "order_id" TEXT COLLATE "C" NOT NULL,
    "payment_id" TEXT COLLATE "C" NOT NULL,
    "institution" TEXT COLLATE "C" NOT NULL,
    "debtor" TEXT COLLATE "C" NOT NULL,
    "fen" BIGINT NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_pkey" PRIMARY KEY ("recovery_id"),
    CONSTRAINT "recovery_fen_positive" CHECK ("fen" > 0),
    CONSTRAINT "recovery_state_known" CHECK ("state" IN ('DRAFT', 'REVOKED')),
    CONSTRAINT "recovery_revoked_once" CHECK (("state" = 'REVOKED') = ("revoked_at" IS NOT NULL))
);

CREATE TABLE "recovery_demand" (
    "order_id" TEXT COLLATE "C" NOT NULL,
    "payment_id" TEXT COLLATE "C" NOT NULL,
    "epoch" BIGINT NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_demand_pkey" PRIMARY KEY ("order_id", "payment_id")
);

CREATE INDEX "payment_institution_payment_id_idx" ON "payment"("institution", "payment_id");

-- A certificate is paid once from each fund.
CREATE UNIQUE INDEX "payment_certificate_number_fund_source_key" ON "payment"("certificate_number", "fund_source");

CREATE INDEX "recovery_institution_recovery_id_idx" ON "recovery"("institution", "recovery_id");

CREATE INDEX "recovery_order_id_recovery_id_idx" ON "recovery"("order_id", "recovery_id");

-- Whatever the orders demand, a payment is recovered once.
CREATE UNIQUE INDEX "recovery_payment_id_standing" ON "recovery"("payment_id") WHERE "state" = 'DRAFT';

CREATE INDEX "recovery_demand_payment_id_idx" ON "recovery_demand"("payment_id");

ALTER TABLE "recovery" ADD CONSTRAINT "recovery_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payment"("payment_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
