// A hash table from (institution, suffix) to a row, in two flat arrays: open addressing with linear probing. A JavaScript Map of a million
// texts takes a hundred megabytes and more; this takes sixteen.

export interface Slots {
  /** The row of the key, or -1. */
  find(institution: number, suffix: number): number;
  /** The key must be new. */
  add(institution: number, suffix: number, row: number): void;
}

/** `keyOf` returns a row's key, so that keys are not stored twice. */
export const slots = (keyOf: { institution(row: number): number; suffix(row: number): number }, firstSize = 1 << 12): Slots => {
  // A slot holds row + 1; 0 is empty.
  let table = new Uint32Array(firstSize);
  let used = 0;

  const start = (institution: number, suffix: number): number => {
    const mixed = Math.imul(suffix ^ Math.imul(institution, 0x9e3779b1), 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & (table.length - 1);
  };

  const place = (institution: number, suffix: number, row: number): void => {
    let slot = start(institution, suffix);
    while (table[slot] !== 0) slot = (slot + 1) & (table.length - 1);
    table[slot] = row + 1;
  };

  const grow = (): void => {
    const old = table;
    table = new Uint32Array(old.length * 2);
    for (const held of old) if (held !== 0) place(keyOf.institution(held - 1), keyOf.suffix(held - 1), held - 1);
  };

  return {
    find: (institution, suffix) => {
      let slot = start(institution, suffix);
      for (let held = table[slot] ?? 0; held !== 0; held = table[slot] ?? 0) {
        if (keyOf.suffix(held - 1) === suffix && keyOf.institution(held - 1) === institution) return held - 1;
        slot = (slot + 1) & (table.length - 1);
      }
      return -1;
    },
    add: (institution, suffix, row) => {
      if (used * 10 >= table.length * 7) grow();
      place(institution, suffix, row);
      used += 1;
    },
  };
};
