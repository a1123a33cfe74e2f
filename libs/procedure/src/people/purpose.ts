// The purpose of a person query: one value of a closed list and a note by the officer. The act stores both.
import type { LookPurpose } from '@hengji/contracts/procedure/v1/person_service';
import { Refusal, typedText } from '@hengji/domain-kit';

const PURPOSES = {
  COMPLAINT: '核查投诉举报',
  CASE: '办理案件',
  CERTIFICATE: '核实证书',
  SUBSIDY: '核查补贴',
  OTHER: '其他',
} as const satisfies Record<Exclude<LookPurpose, 'UNSPECIFIED'>, string>;

const SHORTEST = 2;
const LONGEST = 200;
/** An ID number is not allowed in a note: other people read acts. */
const NUMBER = /\d{15}/;

/** The text in the act: 办理案件：…. Refuses `person.purpose_missing`, `person.purpose_invalid`. */
export const purposeOf = ({ purpose, note: given }: { readonly purpose: LookPurpose; readonly note: string }): string => {
  if (purpose === 'UNSPECIFIED') {
    throw new Refusal('invalid', 'person.purpose_missing', '请选择查询目的', { field: 'purpose', rule: Object.keys(PURPOSES).join(' | ') });
  }
  const note = typedText(given);
  const length = [...note].length;
  if (length < SHORTEST || length > LONGEST || NUMBER.test(note.replace(/\s/g, ''))) {
    const message = `用途说明应为${SHORTEST}至${LONGEST}字，不要填写证件号码`;
    throw new Refusal('invalid', 'person.purpose_invalid', message, { field: 'note', rule: 'design' });
  }
  return `${PURPOSES[purpose]}：${note}`;
};
