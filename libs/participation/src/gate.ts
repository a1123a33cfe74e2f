// The gate that writers of an institution share and that whoever has to wait for them closes. Row locks are not fair: writers that
// share a row let further sharers past a waiting fence for as long as they overlap. Advisory locks queue.

/** The first half of the lock's key: it only tells our locks from others'. The second is hashtext(institution). */
export const GATE = 0x6865;
