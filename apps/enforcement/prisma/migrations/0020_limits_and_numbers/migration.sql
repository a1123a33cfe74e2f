-- Limits and numbers move to the tables of libs/procedure. What stood here stays as a view of the same rows, so the version before reads
-- and writes what the new one does. Nothing of the new version uses the views.
-- One statement, because the engine runs each for itself. It cuts scripts at every semicolon, also inside quotes: those within are written
-- as U&'\003B'.
DO LANGUAGE plpgsql U&'BEGIN
  LOCK TABLE "deadline", "document_counter" IN ACCESS EXCLUSIVE MODE\003B
  INSERT INTO procedure."limit" (id, code, institution, file_id, about, authority, started_at, due_at, nearing_at, provisional, state, met_at, open, next_look_at)
    SELECT id, code, institution, case_id, order_id, authority, started_at, due_at, nearing_at, provisional, state, met_at, open, next_look_at FROM "deadline"\003B
  INSERT INTO procedure.number (series, authority, year, last) SELECT series, authority, year, last FROM "document_counter"\003B
  DROP TABLE "deadline", "document_counter"\003B
  CREATE VIEW "deadline" AS
    SELECT id, code, institution, file_id AS case_id, about AS order_id, authority, started_at, due_at, nearing_at, provisional, state, met_at, open, next_look_at
    FROM procedure."limit"\003B
  CREATE VIEW "document_counter" AS SELECT series, authority, year, last FROM procedure.number\003B
END\003B';
