-- One row that readiness writes, so that a database which answers and cannot write is seen.
CREATE TABLE messaging.probe (
  only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  written_at timestamptz NOT NULL
);
INSERT INTO messaging.probe (written_at) VALUES (now());
