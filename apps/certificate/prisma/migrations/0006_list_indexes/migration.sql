-- Each filter of the list has an index that its first page begins at. State, time and decision of a voiding are in a BRIN index: it
-- summarises pages and not rows, so an order's update of a hundred thousand certificates still touches no other index (HOT).
CREATE INDEX "certificate_plan_id_number_idx" ON "certificate"("plan_id", "number");
CREATE INDEX "certificate_session_id_number_idx" ON "certificate"("session_id", "number");
CREATE INDEX "certificate_exam_date_number_idx" ON "certificate"("exam_date", "number");
CREATE INDEX "certificate_area_number_idx" ON "certificate"("area", "number");
CREATE INDEX "certificate_voided_idx" ON "certificate" USING BRIN ("state", "voided_at", "voided_by") WITH (pages_per_range = 8, autosummarize = on);
