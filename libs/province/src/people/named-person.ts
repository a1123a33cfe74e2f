// Names of people in the records: checked on input, masked on output.
import { Refusal } from '@hengji/domain-kit';
import { typedName, typedNumber } from '../typed';
import { idFault } from './citizen-id';
import { nameFault } from './name-faults';

export interface NamedPerson {
  readonly name: string;
  /** Citizen ID (GB 11643), upper case. */
  readonly idNumber: string;
}

/** The name in the one spelling of the records; refuses `person.name_invalid` with the fault. */
export const checkName = (typed: string, field: string): string => {
  const fault = nameFault(typed);
  if (fault === undefined) return typedName(typed);
  throw new Refusal('invalid', 'person.name_invalid', fault, { field, rule: '人社鉴发〔2021〕1号' });
};

/** The person, normalised by `typed.ts`; refuses `person.name_invalid`, `person.id_invalid` under `field`. */
export const namedPerson = (given: NamedPerson | undefined, field: string): NamedPerson => {
  const name = checkName(given?.name ?? '', `${field}.name`);
  const idNumber = typedNumber(given?.idNumber ?? '');
  const fault = idFault(idNumber);
  if (fault !== undefined) throw new Refusal('invalid', 'person.id_invalid', fault, { field: `${field}.id_number`, rule: 'GB 11643-1999' });
  return { name, idNumber };
};

/** The first character, of the surname, stays. Of a name in parts the versions before masked the dots too. */
const maskWhole = (name: string): string => {
  const [first = '', ...rest] = [...name];
  return first + '*'.repeat(Math.max(1, rest.length));
};

/** 张* for 张三, 张** for 张三丰, 买买提·* for 买买提·艾力: the surname, or the first part, stays. */
export const maskName = (given: string): string => {
  const name = typedName(given);
  const [first = '', ...parts] = name.split('·');
  return parts.length === 0 ? maskWhole(name) : [first, ...parts.map(() => '*')].join('·');
};

/** True if the mask can be of this name; certificates keep the mask of the version that issued them. */
export const fitsMask = (given: string, masked: string): boolean => [maskName(given), maskWhole(typedName(given))].includes(masked);
