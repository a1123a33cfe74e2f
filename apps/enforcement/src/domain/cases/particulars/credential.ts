// The credentials (执法证) of the verifiers: each states the number of the own credential, and the numbers differ.
import { Refusal } from '@hengji/domain-kit';
import { CREDENTIAL } from '@hengji/procedure/tables';
import type { Case } from '../case';

const refuse = (message: string): never => {
  throw new Refusal('invalid', 'case.credential_invalid', message, { field: 'credential', rule: '行政处罚法第四十二条、第五十五条' });
};

/** Refuses `case.credential_invalid`. */
export const checkCredential = ({ entries }: Pick<Case, 'entries'>, person: string, credential: string): void => {
  if (!CREDENTIAL.test(credential)) refuse('应写明本人的执法证号：8至18位数字或者大写字母');
  const isOfAnother = entries.some(
    ({ step, by, particulars }) => step === 'VERIFY' && by !== person && particulars.credential === credential,
  );
  if (isOfAnother) refuse('该执法证号是另一名核查人员的，应写明本人的执法证号');
};

/** The verifiers with their numbers as documents name them; empty for a case of an older version. */
export const credentialsOf = ({ entries }: Pick<Case, 'entries'>): string[] => {
  const named = entries.filter(({ step, particulars }) => step === 'VERIFY' && particulars.credential !== '');
  return [...new Map(named.map(({ by, byName, particulars }) => [by, `${byName || by}（执法证号：${particulars.credential}）`])).values()];
};
