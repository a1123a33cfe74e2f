// Checks whether a code is an occupation's. A valid form is not enough: users confuse codes (rules §11), so the code is looked up. The
// refusal gives the reason: unknown code, a class instead of an occupation, or a 2015 code for a new record.
import { Refusal } from '@hengji/domain-kit';
import { findEntry, type DictionaryEntry } from './dictionary';
import { EDITION_2015 } from './edition-2015';

const RULE = '职业分类大典(2022年版)';

const invalid = (reason: string, message: string, field: string): Refusal => new Refusal('invalid', reason, message, { field, rule: RULE });

const FORM = /^\d-\d{2}-\d{2}-\d{2}$/;

/** The name of an occupation or class; a 2015 name includes its edition. Undefined for a code that no edition contains. */
export const occupationName = (code: string): string | undefined => {
  const old = EDITION_2015.get(code);
  return findEntry(code)?.name ?? (old && `${old.name}（2015年版）`);
};

/** 6-31-01-03 电工, as screens and documents write it; for a code without a name, only the code. */
export const occupationLabel = (code: string): string => [code, occupationName(code)].filter(Boolean).join(' ');

/** True for an occupation of 2022, or of 2015 if only that edition contains it: the codes that a record of any year may have. */
export const isOccupation = (code: string): boolean => findEntry(code)?.tree === 'OCCUPATION' || EDITION_2015.has(code);

/** Checks the occupation of a record of any year. Refuses `occupation.code_invalid` (form), `occupation.unknown`, `occupation.is_class`. */
export const checkOccupation = (code: string, field: string): string => {
  if (!FORM.test(code)) throw invalid('occupation.code_invalid', '职业编码应如6-31-01-03', field);
  if (isOccupation(code)) return code;
  const entry = findEntry(code);
  if (!entry) throw invalid('occupation.unknown', `职业编码“${code}”不在职业分类大典中`, field);
  throw invalid('occupation.is_class', `“${code} ${entry.name}”是类别，不是职业，请选择其下的职业`, field);
};

/**
 * The entry of an occupation for a new record. Refuses as `checkOccupation`, and `occupation.old_edition` with the name of the successor.
 */
export const checkCurrentOccupation = (code: string, field: string): DictionaryEntry => {
  checkOccupation(code, field);
  const entry = findEntry(code);
  if (entry) return entry;
  const old = EDITION_2015.get(code);
  const successor = occupationLabel(old?.successor ?? '');
  throw invalid('occupation.old_edition', `${old?.name ?? code}是2015年版编码，2022年版为 ${successor}`, field);
};
