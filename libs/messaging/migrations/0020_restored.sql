-- What a lifting gave back stays with the claim that it lifted, so that a sweep sees what somebody wrote to it afterwards. See docs/HOLDS.md.

-- `lifted_row`: the undo row that lifted the claim; `restored`: the state that its record had then ('' = there was none).
-- Null in claims that stand, and in those that a version from before this one lifted: these cannot be compared.
ALTER TABLE messaging.claim ADD COLUMN lifted_row integer, ADD COLUMN restored text;
