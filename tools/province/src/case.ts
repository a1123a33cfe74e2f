// A case from the lead to the published decision, led by the officers of one authority and the institution. Only at its
// end can an order be signed. The institution waives its reply, so nobody has to wait for the limits.
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import type { Json } from '@hengji/contracts';
import type { Officer } from './officer';

export type CaseJson = Json<Case>;

/** Letters of an authority's officers: a drafts and proposes, b decides, c and d verify, e checks the law. */
type Letter = 'a' | 'b' | 'c' | 'd' | 'e';

interface Taken {
  readonly step: string;
  readonly by: Letter | 'institution';
  readonly what: string;
}

const TO_FOUNDED: readonly Taken[] = [
  { step: 'TRIAGE', by: 'a', what: '分办至业务处室核查。' },
  { step: 'VERIFY', by: 'c', what: '现场核查:考试记录与监控录像不符,多名考生未到场。' },
  { step: 'VERIFY', by: 'd', what: '现场核查:询问笔录和调取的试卷印证上述事实。' },
  { step: 'FIND_FOUNDED', by: 'c', what: '经核查,违规事实清楚,证据确凿。' },
];

const TO_PUBLISHED: readonly Taken[] = [
  { step: 'SERVE_NOTICE', by: 'a', what: '拟作出处理决定,现将事实、理由、依据及陈述申辩和听证的权利告知你单位。' },
  { step: 'WAIVE_REPLY', by: 'institution', what: '放弃陈述申辩和听证。' },
  { step: 'PROPOSE', by: 'a', what: '建议按草稿所列范围和措施处理。' },
  { step: 'LEGAL_CHECK', by: 'e', what: '主体适格,事实清楚,依据正确,程序合法,同意。' },
  { step: 'DECIDE', by: 'b', what: '同意处理建议。' },
  { step: 'SERVE_DECISION', by: 'a', what: '' },
  { step: 'PUBLISH', by: 'a', what: '' },
];

/** Steps that are about the draft of the order. */
const ABOUT_DRAFT: readonly string[] = ['SERVE_NOTICE', 'PROPOSE', 'LEGAL_CHECK', 'DECIDE'];
const SERVED: readonly string[] = ['SERVE_NOTICE', 'SERVE_DECISION'];

/** Opens a case; `take` takes a step of the case as the role that the step requires. */
const openCase = async (
  drafter: Officer,
  institution: string,
): Promise<{ caseId: string; take: (taken: Taken, orderId?: string) => Promise<void> }> => {
  const office = drafter.account.replace(/-\w+$/, '');
  const person = (by: Taken['by']): Promise<Officer> =>
    drafter.colleague(by === 'institution' ? `institution-${institution}` : `${office}-${by}`);
  const { caseId } = await drafter.post<CaseJson>('/cases', {
    institution,
    source: 'COMPLAINT',
    grounds: ['CERTIFICATES_WITHOUT_EXAM'],
    summary: '群众举报该机构不考试就发证。',
  });
  const take = async ({ step, by, what }: Taken, orderId = ''): Promise<void> => {
    const service = SERVED.includes(step) ? { mode: 'IN_PERSON', receiver: '法定代表人' } : {};
    const about = ABOUT_DRAFT.includes(step) ? { orderId } : {};
    await (await person(by)).post(`/cases/${caseId}/steps`, { step, text: what, ...service, ...about });
  };
  return { caseId, take };
};

/**
 * Opens a case and leads it until the facts are found. After that, orders can be drafted and a crime can be reported.
 * Returns its id.
 */
export const takeToFounded = async (drafter: Officer, institution: string): Promise<string> => {
  const { caseId, take } = await openCase(drafter, institution);
  for (const taken of TO_FOUNDED) await take(taken);
  return caseId;
};

/**
 * Opens a case, has the order drafted once the facts are found, and leads the case until the order may be signed. Returns
 * the draft.
 */
export const leadCase = async <T extends { orderId: string }>(
  drafter: Officer,
  institution: string,
  draft: (caseId: string) => Promise<T>,
): Promise<T> => {
  const { caseId, take } = await openCase(drafter, institution);
  for (const taken of TO_FOUNDED) await take(taken);
  const order = await draft(caseId);
  for (const taken of TO_PUBLISHED) await take(taken, order.orderId);
  return order;
};
