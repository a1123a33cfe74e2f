// The lock that the writers of an institution share, and that a transaction takes alone to wait for them. Row locks are not fair: writers
// that share a row let further sharers pass a waiting fence as long as they overlap. Advisory locks queue.

/** The first half of the lock's key: it only separates our locks from others. The second half is hashtext(institution). */
export const GATE = 0x6865;
