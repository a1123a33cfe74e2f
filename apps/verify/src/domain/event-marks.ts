// A mark for each number: 32 bits of the event's SHA-256. One number belongs to one event. Where two events have it, the owner has signed
// twice or there are two histories, and only the owner's state shows which is true. Four bytes per event, in small pages, because a number
// may be far above the others.

export interface EventMarks {
  /** Stores the mark of a number without one; false when the number has another mark. The mark 0 is not compared. */
  agrees(key: string, sequence: bigint, mark: number): boolean;
  forget(key: string): void;
}

const PAGE = 64n;

export const eventMarks = (): EventMarks => {
  const keys = new Map<string, Map<bigint, Uint32Array>>();
  const pageOf = (key: string, page: bigint): Uint32Array => {
    const pages = keys.get(key) ?? new Map<bigint, Uint32Array>();
    keys.set(key, pages);
    const marks = pages.get(page) ?? new Uint32Array(Number(PAGE));
    pages.set(page, marks);
    return marks;
  };
  return {
    agrees: (key, sequence, mark) => {
      // 0: a writer that does not number.
      if (mark === 0 || sequence === 0n) return true;
      const marks = pageOf(key, sequence / PAGE);
      const at = Number(sequence % PAGE);
      const known = marks[at] ?? 0;
      if (known === 0) marks[at] = mark;
      return known === 0 || known === mark;
    },
    forget: (key) => void keys.delete(key),
  };
};
