// Identity documents (证件类型; the certificate names it, 人社鉴发〔2021〕1号): one row each with its check and its mask. The check is as strict as
// the kind allows: the 18-character numbers by their check character, the others by their form.
import { Refusal, isDay } from '@hengji/domain-kit';
import { typedNumber } from '../typed';
import { isIdNumber } from './citizen-id';

interface IdKindRow {
  readonly name: string;
  /** `number` is in the form of `typedNumber`. */
  readonly fits: (number: string) => boolean;
  /** The expected form, for the message after a typing error. */
  readonly form: string;
  readonly rule: string;
  /** Number of characters that stay readable at the beginning and at the end. */
  readonly shown: readonly [first: number, last: number];
}

const HONG_KONG_MACAO_TAIWAN = /^8[123]0000/;
/** Position 1 of the new permanent residence card. */
const FOREIGNER = /^9/;

/** YYMMDD, without the century. */
const isShortBirthday = (text: string): boolean =>
  [`19${text.slice(0, 2)}`, `20${text.slice(0, 2)}`].some((year) => isDay(`${year}-${text.slice(2, 4)}-${text.slice(4)}`));

export const ID_KINDS = {
  RESIDENT_ID: {
    name: '居民身份证',
    fits: (number) => isIdNumber(number) && !HONG_KONG_MACAO_TAIWAN.test(number) && !FOREIGNER.test(number),
    form: '公民身份号码为18位，出生日期和末位校验码应正确',
    rule: 'GB 11643-1999',
    shown: [6, 4],
  },
  RESIDENCE_PERMIT_HMT: {
    name: '港澳台居民居住证',
    fits: (number) => isIdNumber(number) && HONG_KONG_MACAO_TAIWAN.test(number),
    form: '港澳台居民居住证号码为18位，以810000、820000或830000开头，末位校验码应正确',
    rule: 'GB 11643-1999',
    shown: [6, 4],
  },
  FOREIGN_PERMANENT_RESIDENT: {
    name: '外国人永久居留身份证',
    fits: (number) =>
      (isIdNumber(number) && FOREIGNER.test(number)) || (/^[A-Z]{3}\d{12}$/.test(number) && isShortBirthday(number.slice(7, 13))),
    form: '外国人永久居留身份证号码为18位(以9开头，末位校验码应正确)，旧版为3位字母加12位数字',
    rule: 'rules §3.1',
    shown: [3, 4],
  },
  PASSPORT: {
    name: '护照',
    fits: (number) => /^(?=.*\d)[A-Z0-9]{5,17}$/.test(number),
    form: '护照号码为5至17位字母和数字',
    rule: 'rules §3.1',
    shown: [2, 2],
  },
  TRAVEL_PERMIT_HM: {
    name: '港澳居民来往内地通行证',
    fits: (number) => /^[HM]\d{8}$/.test(number),
    form: '港澳居民来往内地通行证号码为H或M加8位数字',
    rule: 'rules §3.1',
    shown: [2, 2],
  },
  TRAVEL_PERMIT_TW: {
    name: '台湾居民来往大陆通行证',
    fits: (number) => /^\d{8}$/.test(number),
    form: '台湾居民来往大陆通行证号码为8位数字',
    rule: 'rules §3.1',
    shown: [2, 2],
  },
} as const satisfies Record<string, IdKindRow>;
export type IdKind = keyof typeof ID_KINDS;

/** True if the number, as typed, is valid for the kind. */
export const isIdOf = (kind: IdKind, typed: string): boolean => ID_KINDS[kind].fits(typedNumber(typed));

/** The normalised number; refuses `person.id_invalid`. */
export const checkIdOf = (kind: IdKind, typed: string, field: string): string => {
  const { form, rule } = ID_KINDS[kind];
  if (isIdOf(kind, typed)) return typedNumber(typed);
  throw new Refusal('invalid', 'person.id_invalid', form, { field, rule });
};

/** 210102********0011: for screens and exports. A number that is too short for a partial mask is masked completely. */
export const maskIdOf = (kind: IdKind, number: string): string => {
  const [first, last] = ID_KINDS[kind].shown;
  const hidden = number.length - first - last;
  return hidden < 1 ? '*'.repeat(number.length) : number.slice(0, first) + '*'.repeat(hidden) + number.slice(-last);
};
