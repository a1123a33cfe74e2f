-- Documents, their service and what is owed move to the tables of libs/procedure. What stood here stays as a view of the same rows, so the
-- version before reads and writes what the new one does. Nothing of the new version uses the views.
-- One statement, because the engine runs each for itself. It cuts scripts at every semicolon, also inside quotes: those within are written
-- as U&'\003B'.
DO LANGUAGE plpgsql U&'BEGIN
  LOCK TABLE "document", "document_service", "document_due" IN ACCESS EXCLUSIVE MODE\003B
  INSERT INTO procedure.document (id, file_kind, file_id, kind, number, version, about, which, institution, authority, title, pdf, sha256, key_id, algorithm, signature, issued_by, issued_at)
    SELECT id, ''case'', case_id, kind, number, version, order_id, about, institution, authority, title, pdf, sha256, key_id, algorithm, signature, issued_by, issued_at
    FROM "document" ORDER BY sequence\003B
  INSERT INTO procedure.delivery (document_id, mode, receiver, served_at, recorded_at, recorded_by, receipt_document_id)
    SELECT document_id, mode, receiver, served_at, recorded_at, recorded_by, receipt_document_id FROM "document_service"\003B
  INSERT INTO procedure.owed_document (file_kind, file_id, about, kind, which, by, tries, next_try_at, trouble)
    SELECT ''case'', case_id, order_id, kind, about, by, tries, next_try_at, trouble FROM "document_due"\003B
  DROP TABLE "document_service", "document", "document_due"\003B
  CREATE VIEW "document" AS
    SELECT id, sequence, kind, number, version, file_id AS case_id, about AS order_id, which AS about, institution, authority, title, pdf, sha256, key_id, algorithm, signature, issued_by, issued_at, file_kind
    FROM procedure.document\003B
  ALTER VIEW "document" ALTER COLUMN file_kind SET DEFAULT ''case''\003B
  CREATE VIEW "document_service" AS
    SELECT document_id, mode, receiver, served_at, recorded_at, recorded_by, receipt_document_id FROM procedure.delivery\003B
  CREATE VIEW "document_due" AS
    SELECT about AS order_id, kind, which AS about, file_id AS case_id, by, tries, next_try_at, trouble, file_kind FROM procedure.owed_document\003B
  ALTER VIEW "document_due" ALTER COLUMN file_kind SET DEFAULT ''case''\003B
END\003B';
