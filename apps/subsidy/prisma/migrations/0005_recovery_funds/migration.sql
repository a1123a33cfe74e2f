-- The fund (资金来源) of a recovery, for the list. It is the fund of the payment, which never changes. The version before does not write
-- it, so a trigger does.
ALTER TABLE "recovery" ADD COLUMN "fund_source" TEXT COLLATE "C";

UPDATE "recovery" r SET "fund_source" = p."fund_source" FROM "payment" p WHERE p."payment_id" = r."payment_id";

-- The migration engine cuts scripts at every semicolon: the function's own are written as U&'\003B'.
CREATE FUNCTION "take_fund"() RETURNS trigger LANGUAGE plpgsql AS
U&'BEGIN SELECT p.fund_source INTO NEW.fund_source FROM payment p WHERE p.payment_id = NEW.payment_id\003B RETURN NEW\003B END\003B';
CREATE TRIGGER "recovery_funded" BEFORE INSERT ON "recovery" FOR EACH ROW WHEN (NEW."fund_source" IS NULL) EXECUTE FUNCTION "take_fund"();
CREATE TRIGGER "recovery_keeps_fund" BEFORE UPDATE OF "fund_source" ON "recovery"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
