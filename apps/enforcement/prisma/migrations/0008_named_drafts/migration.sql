-- Which draft a step was about, or which order was signed. What stands in the record from before is filled in where a document
-- of the step, or the signature, says it: notice and decision name their draft, a signature its order.
ALTER TABLE "case_entry" ADD COLUMN "order_id" TEXT NOT NULL DEFAULT '';

UPDATE "case_entry" e SET "order_id" = d."order_id"
FROM "document" d
WHERE e."step" IN ('SERVE_NOTICE', 'DECIDE') AND d."id" = ANY(e."document_ids") AND d."kind" IN ('NOTICE', 'DECISION');

UPDATE "case_entry" SET "order_id" = "text" WHERE "step" = 'EXECUTE';
