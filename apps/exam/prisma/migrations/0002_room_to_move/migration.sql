-- An order cancels every result of an institution at once. Where its page has room for the new version, no index is
-- touched (HOT). Without room the new versions double the table all the same, only later and with their indexes. It holds
-- for pages that are written from now on.
ALTER TABLE "result" SET (fillfactor = 48);
