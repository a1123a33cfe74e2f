// Checks of the fields that exam's records share, the same for every input. Each check returns the typed value, or refuses with the field's
// path and the rule.
import { type Day, isDay, Refusal } from '@hengji/domain-kit';
import { isCertificateLevel } from '@hengji/province';

/** Most rows that one request, import message or event may carry. */
export const ROWS_PER_MESSAGE = 1000;

const invalid = (reason: string, message: string, field: string, rule: string): Refusal =>
  new Refusal('invalid', reason, message, { field, rule });

/** Level 1..5, T or S; refuses `level.invalid`. */
export const levelDigit = (text: string, field: string): string => {
  if (!isCertificateLevel(text))
    throw invalid('level.invalid', '职业技能等级应为1至5、T（特级技师）或S（首席技师）', field, '人社鉴发〔2019〕2号');
  return text;
};

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

/** Text that people read, 1 to 100 characters; refuses `reason`. */
export const plainText = (text: string, field: string, reason: string): string => {
  const trimmed = text.trim();
  if (trimmed === '' || [...trimmed].length > 100) throw invalid(reason, '应为1至100个字', field, 'N3.7b');
  return trimmed;
};

/** The records in groups, each small enough for one event. */
export const inMessages = <T>(records: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(records.length / ROWS_PER_MESSAGE) }, (_, i) =>
    records.slice(i * ROWS_PER_MESSAGE, (i + 1) * ROWS_PER_MESSAGE),
  );

/** Refuses `reason` (tooMuch) above ROWS_PER_MESSAGE or the given limit. */
export const atMost = (count: number, field: string, reason: string, limit = ROWS_PER_MESSAGE): void => {
  if (count > limit) throw new Refusal('tooMuch', reason, `一次最多${limit}条，收到${count}条`, { field, rule: `最多${limit}条` });
};

/** Refuses `<noun>.mismatch` when a copied attribute is given and differs from its source. */
export const agrees = (given: string, source: string, field: string, noun: string): void => {
  if (given !== '' && given !== source) throw invalid(`${noun}.mismatch`, `与所属记录不一致，应为“${source}”`, field, 'N3.7b');
};
