// Names of people in the records: checked on input, masked on output.
import { Refusal } from '@hengji/domain-kit';
import { typedName, typedNumber } from '../typed';
import { isIdNumber } from './citizen-id';

export interface NamedPerson {
  readonly name: string;
  /** Citizen ID (GB 11643), upper case. */
  readonly idNumber: string;
}

const NAME = /^[\p{L}\p{M}][\p{L}\p{M}·• .'-]{0,49}$/u;

/** The person, normalised by `typed.ts`; refuses `person.name_invalid`, `person.id_invalid` under `field`. */
export const namedPerson = (given: NamedPerson | undefined, field: string): NamedPerson => {
  const name = typedName(given?.name ?? '');
  const idNumber = typedNumber(given?.idNumber ?? '');
  if (!NAME.test(name)) {
    throw new Refusal('invalid', 'person.name_invalid', '姓名应为1至50个文字', { field: `${field}.name`, rule: '人社鉴发〔2021〕1号' });
  }
  if (!isIdNumber(idNumber)) {
    throw new Refusal('invalid', 'person.id_invalid', '公民身份号码的格式、出生日期或校验码有误', {
      field: `${field}.id_number`,
      rule: 'GB 11643-1999',
    });
  }
  return { name, idNumber };
};

/** 张* for 张三, 张** for 张三丰: the first character, of the surname, stays. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(Math.max(1, rest.length));
};
