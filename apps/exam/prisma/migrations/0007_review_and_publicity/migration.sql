-- 综合评审 of levels 2 and 1, and the day of 公示: both unknown of results from before.
ALTER TABLE "result" ADD COLUMN "review_tenths" INTEGER;
ALTER TABLE "result" ADD COLUMN "published_on" TEXT;
ALTER TABLE "result" ADD CONSTRAINT "result_review_tenths_check" CHECK ("review_tenths" BETWEEN 0 AND 1000) NOT VALID;
-- A recorded score never changes, and the day of publishing is written once.
CREATE TRIGGER "result_keeps_review" BEFORE UPDATE OF "review_tenths" ON "result"
  FOR EACH ROW WHEN (OLD."review_tenths" IS DISTINCT FROM NEW."review_tenths") EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "result_keeps_publicity" BEFORE UPDATE OF "published_on" ON "result"
  FOR EACH ROW WHEN (OLD."published_on" IS NOT NULL AND OLD."published_on" IS DISTINCT FROM NEW."published_on") EXECUTE FUNCTION "refuse_change"();
