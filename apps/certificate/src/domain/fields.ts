// The fields that certificates copy from elsewhere, checked one way at every edge. Each check returns the value or
// refuses with the field's path and the rule.
import { type Day, isDay, isInstitutionCode, type InstitutionCode, Refusal } from '@hengji/domain-kit';

/** Most rows that one request or import message may carry. */
export const ROWS_PER_MESSAGE = 1000;

const invalid = (reason: string, message: string, field: string, rule: string): Refusal =>
  new Refusal('invalid', reason, message, { field, rule });

/** Positions 1–13 of the certificate number; refuses `institution.code_invalid`. */
export const institutionCode = (text: string, field: string): InstitutionCode => {
  if (!isInstitutionCode(text))
    throw invalid('institution.code_invalid', '机构代码应为13位(如S000021010003)', field, '人社鉴发〔2019〕2号');
  return text;
};

/** Code of the 2022 dictionary, e.g. 6-31-01-03; refuses `occupation.code_invalid`. */
export const occupationCode = (text: string, field: string): string => {
  if (!/^\d-\d{2}-\d{2}-\d{2}$/.test(text))
    throw invalid('occupation.code_invalid', '职业编码应如6-31-01-03', field, '职业分类大典(2022年版)');
  return text;
};

/** A day in Asia/Shanghai; `reason` says which day is wrong. */
export const calendarDay = (text: string, field: string, reason: string): Day => {
  if (!isDay(text)) throw invalid(reason, '日期应为存在的YYYY-MM-DD', field, 'GB/T 7408');
  return text;
};

/** An id given from outside: 1 to 64 ASCII letters, digits, `-`, `_` or `.`; refuses `<noun>.id_invalid`. */
export const recordId = (text: string, field: string, noun: string): string => {
  if (!/^[\w.-]{1,64}$/.test(text)) throw invalid(`${noun}.id_invalid`, '编号应为1至64位字母、数字或-_.', field, 'N3.7b');
  return text;
};

/** Refuses `reason` (tooMuch) above ROWS_PER_MESSAGE. */
export const atMost = (count: number, field: string, reason: string): void => {
  if (count > ROWS_PER_MESSAGE) {
    throw new Refusal('tooMuch', reason, `一次最多${ROWS_PER_MESSAGE}条，收到${count}条`, { field, rule: `最多${ROWS_PER_MESSAGE}条` });
  }
};

/** Index of the first entry that repeats an earlier key, or -1. */
export const firstRepeated = (keys: readonly string[]): number => {
  const seen = new Set<string>();
  return keys.findIndex((key) => seen.size === seen.add(key).size);
};
