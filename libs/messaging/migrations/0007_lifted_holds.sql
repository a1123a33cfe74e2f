-- A standing hold that is released was lifted. It stands no longer, so that what is made since is not the order's.
UPDATE messaging.hold SET standing = false WHERE released_at IS NOT NULL AND standing;

-- When a hold was let go, by this database's clock. What a writer asked of a neighbour before that may be stale.
ALTER TABLE messaging.hold ADD COLUMN let_go_at timestamptz;
CREATE INDEX hold_let_go ON messaging.hold (institution, let_go_at) WHERE let_go_at IS NOT NULL;
