/** Records that one event names at most (and one message to an agency carries at most). */
export const EVENT_RECORDS = 1_000;

/** What a chunk changed, cut into what one event may name; nothing for nothing. */
export const eventStretches = <T>(records: readonly T[], most = EVENT_RECORDS): T[][] =>
  Array.from({ length: Math.ceil(records.length / most) }, (_, i) => records.slice(i * most, (i + 1) * most));

/** The same where an event is about one key: each stretch with its key, records without a key (null) left out. */
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
