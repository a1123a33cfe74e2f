-- An order moves every certificate of an institution at once. Where its page has room for the new version, no index is
-- touched (HOT): a third of the time and a sixth of the WAL. The new version is longer by when, by whom and by which document. Without room the new versions double the table all the same,
-- only later and with their indexes. It holds for pages that are written from now on.
ALTER TABLE "certificate" SET (fillfactor = 42);

-- Each upload that is withdrawn moves once.
ALTER TABLE "upload" SET (fillfactor = 48);
