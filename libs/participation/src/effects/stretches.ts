/** Maximum number of records in one event (and in one message to an agency). */
export const EVENT_RECORDS = 1_000;

/** The changed records of a chunk, split into the sizes that one event may carry; empty for no records. */
export const eventStretches = <T>(records: readonly T[], most = EVENT_RECORDS): T[][] =>
  Array.from({ length: Math.ceil(records.length / most) }, (_, i) => records.slice(i * most, (i + 1) * most));

/** The same for events about one key: each part with its key. Records without a key (null) are left out. */
export const keyedStretches = <T>(records: readonly T[], keyOf: (record: T) => string | null): [string, T[]][] => {
  const byKey = new Map<string, T[]>();
  for (const record of records) {
    const key = keyOf(record);
    if (key === null) continue;
    const same = byKey.get(key) ?? [];
    same.push(record);
    byKey.set(key, same);
  }
  return [...byKey].flatMap(([key, own]) => eventStretches(own).map((stretch): [string, T[]] => [key, stretch]));
};
