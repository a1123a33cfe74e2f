-- Each filter of the list of payments has an index that its first page begins at.
CREATE INDEX "payment_person_idx" ON "payment"("person");
CREATE INDEX "payment_occupation_payment_id_idx" ON "payment"("occupation", "payment_id");
CREATE INDEX "payment_area_payment_id_idx" ON "payment"("area", "payment_id");
