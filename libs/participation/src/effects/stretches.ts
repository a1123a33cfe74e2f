/** Records that one event names at most (and one message to an agency carries at most). */
export const EVENT_RECORDS = 1_000;

/** What a chunk changed, cut into what one event may name; nothing for nothing. */
export const eventStretches = <T>(records: readonly T[], most = EVENT_RECORDS): T[][] =>
  Array.from({ length: Math.ceil(records.length / most) }, (_, i) => records.slice(i * most, (i + 1) * most));
