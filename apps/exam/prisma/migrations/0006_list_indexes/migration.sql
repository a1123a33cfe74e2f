-- Each filter of the list of results has an index that its first page begins at (of a session there is one already). The state is in a
-- BRIN index: it summarises pages and not rows, so an order's update of a hundred thousand results still touches no other index (HOT).
CREATE INDEX "result_plan_id_result_id_idx" ON "result"("plan_id", "result_id");
CREATE INDEX "result_occupation_result_id_idx" ON "result"("occupation", "result_id");
CREATE INDEX "result_area_result_id_idx" ON "result"("area", "result_id");
CREATE INDEX "result_state_idx" ON "result" USING BRIN ("state") WITH (pages_per_range = 8, autosummarize = on);
