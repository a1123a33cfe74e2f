// The fields that exam's records share, checked one way at every edge. Each check returns the value, typed, or refuses
// with the field's path and the rule.
import { type Day, type InstitutionCode, isDay, isInstitutionCode, Refusal } from '@hengji/domain-kit';

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

/** Level digit 1..5; refuses `level.invalid`. */
export const levelDigit = (text: string, field: string): string => {
  if (!/^[1-5]$/.test(text)) throw invalid('level.invalid', '职业技能等级应为1至5', field, '人社鉴发〔2019〕2号');
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

/** Text that people read, 1 to 100 characters; refuses `reason`. */
export const plainText = (text: string, field: string, reason: string): string => {
  const trimmed = text.trim();
  if (trimmed === '' || [...trimmed].length > 100) throw invalid(reason, '应为1至100个字', field, 'N3.7b');
  return trimmed;
};

/** Refuses `reason` (tooMuch) above ROWS_PER_MESSAGE or the limit given. */
export const atMost = (count: number, field: string, reason: string, limit = ROWS_PER_MESSAGE): void => {
  if (count > limit) throw new Refusal('tooMuch', reason, `一次最多${limit}条，收到${count}条`, { field, rule: `最多${limit}条` });
};

/** Refuses `<noun>.mismatch` when a copied attribute is given and differs from its source. */
export const agrees = (given: string, source: string, field: string, noun: string): void => {
  if (given !== '' && given !== source) throw invalid(`${noun}.mismatch`, `与所属记录不一致，应为“${source}”`, field, 'N3.7b');
};
