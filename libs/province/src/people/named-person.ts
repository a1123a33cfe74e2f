// People as the records name them: checked where they come in, masked where they go out.
import { Refusal } from '@hengji/domain-kit';
import { typedName, typedNumber } from '../typed';
import { isIdNumber } from './citizen-id';

export interface NamedPerson {
  readonly name: string;
  /** Citizen ID (GB 11643), upper case. */
  readonly idNumber: string;
}

const NAME = /^[\p{L}\p{M}][\p{L}\p{M}·• .'-]{0,49}$/u;

/** The person as `typed.ts` writes them; refuses `person.name_invalid`, `person.id_invalid` under `field`. */
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

/** 张* for 张三, 张** for 张三丰: the surname's first character stays. */
export const maskName = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(Math.max(1, rest.length));
};
