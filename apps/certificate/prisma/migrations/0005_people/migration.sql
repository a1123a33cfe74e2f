-- Certificates of one person, for who looks them up by name and ID number.
CREATE INDEX "certificate_person_idx" ON "certificate"("person");
