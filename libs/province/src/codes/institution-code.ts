// Institution code (评价机构代码): positions 1–13 of a certificate's number (人社鉴发〔2019〕2号, rules §2.1). It consists of the class, the ministry's
// code or 0000, province 21, and six digits that the province assigns. Of these, two are for the competent authority's city (00 province,
// 99 沈抚) and four are a sequence number.
import { Refusal, type Branded } from '@hengji/domain-kit';
import { PROVINCE, SHENFU } from '../places/authorities';
import { CITY_CODES } from '../places/areas';
import { typedNumber } from '../typed';

/** Positions 1–13 of the certificate number. */
export type InstitutionCode = Branded<'InstitutionCode'>;

/** The letter of the code for each institution class. */
export const INSTITUTION_LETTERS = { EMPLOYER: 'Y', SOCIAL: 'S' } as const;
export const INSTITUTION_CLASSES = { EMPLOYER: '用人单位', SOCIAL: '社会培训评价组织' } as const;
export type InstitutionClass = keyof typeof INSTITUTION_CLASSES;

const CODE = /^([YS])(\d{4})21(\d{2})(\d{4})$/;

export const isInstitutionCode = (text: string): text is InstitutionCode => CODE.test(text);

const PLACE_DIGITS: ReadonlyMap<string, string> = new Map([
  [PROVINCE, '00'],
  ...CITY_CODES.map((city): [string, string] => [city, city.slice(2)]),
  [SHENFU, '99'],
]);
const AUTHORITY_OF: ReadonlyMap<string, string> = new Map([...PLACE_DIGITS].map(([authority, digits]) => [digits, authority]));

export interface InstitutionCodeParts {
  readonly institutionClass: InstitutionClass;
  /** 0000 if the institution was filed first with the province. */
  readonly ministryCode: string;
  /** The authority that assigned the code, from the two digits of the city; undefined if the ministry assigned other digits. */
  readonly authority: string | undefined;
  readonly running: string;
}

/** The parts of a code; undefined for an invalid code. */
export const institutionCodeParts = (text: string): InstitutionCodeParts | undefined => {
  const match = CODE.exec(text);
  if (!match) return undefined;
  const [, letter, ministryCode = '', place = '', running = ''] = match;
  return { institutionClass: letter === 'Y' ? 'EMPLOYER' : 'SOCIAL', ministryCode, authority: AUTHORITY_OF.get(place), running };
};

/** The code of the n-th institution (1 to 9999) that an authority files, not filed with the ministry. */
export const institutionCodeOf = (institutionClass: InstitutionClass, authority: string, running: number): InstitutionCode =>
  `${INSTITUTION_LETTERS[institutionClass]}000021${PLACE_DIGITS.get(authority) ?? '00'}${String(running).padStart(4, '0')}` as InstitutionCode;

/** The code as the records have it; refuses `institution.code_invalid`. */
export const checkInstitutionCode = (typed: string, field: string): InstitutionCode => {
  const code = typedNumber(typed);
  if (isInstitutionCode(code)) return code;
  throw new Refusal('invalid', 'institution.code_invalid', '机构代码应为13位(如S000021010003)', { field, rule: '人社鉴发〔2019〕2号' });
};

/** Reserved for the canary (探针证书), which is always void: see `CANARY_INSTITUTIONS` of libs/contracts. */
const RESERVED = /^S99992199/;

/**
 * Refuses `institution.code_reserved` for an institution code, or a certificate number, of the canary. Another record under such a code
 * would make the public answer about it false, or stop the canary.
 */
export const checkNotReserved = (code: string, field: string): void => {
  if (!RESERVED.test(code)) return;
  throw new Refusal('invalid', 'institution.code_reserved', '机构代码以S99992199开头的为平台自检(探针证书)保留，不得使用', {
    field,
    rule: '平台设计:探针证书保留代码S99992199****',
  });
};
