-- Results of one person, for who looks them up by name and ID number.
CREATE INDEX "result_person_idx" ON "result"("person");
