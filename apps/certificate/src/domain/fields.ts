// Checks of the fields that certificates copy, the same for every input. Each check returns the value or refuses with the field's path and
// the rule.
import { type Day, isDay, Refusal } from '@hengji/domain-kit';

/** Most rows that one request or import message may carry. */
export const ROWS_PER_MESSAGE = 1000;

/** Most numbers that enforcement may ask about at once: those of one pasted list. */
export const NUMBERS_PER_CHECK = 10_000;

const invalid = (reason: string, message: string, field: string, rule: string): Refusal =>
  new Refusal('invalid', reason, message, { field, rule });

/** A day in Asia/Shanghai; `reason` names the wrong day. */
export const calendarDay = (text: string, field: string, reason: string): Day => {
  if (!isDay(text)) throw invalid(reason, '日期应为存在的YYYY-MM-DD', field, 'GB/T 7408');
  return text;
};

/** An id from another system: 1 to 64 ASCII letters, digits, `-`, `_` or `.`; refuses `<noun>.id_invalid`. */
export const recordId = (text: string, field: string, noun: string): string => {
  if (!/^[\w.-]{1,64}$/.test(text)) throw invalid(`${noun}.id_invalid`, '编号应为1至64位字母、数字或-_.', field, 'N3.7b');
  return text;
};

/** Refuses `reason` (tooMuch) above `most`. */
export const atMost = (count: number, field: string, reason: string, most = ROWS_PER_MESSAGE): void => {
  if (count > most) throw new Refusal('tooMuch', reason, `一次最多${most}条，收到${count}条`, { field, rule: `最多${most}条` });
};

/** Index of the first entry that repeats an earlier key, or -1. */
export const firstRepeated = (keys: readonly string[]): number => {
  const seen = new Set<string>();
  return keys.findIndex((key) => seen.size === seen.add(key).size);
};
