// A case from the lead to the published decision, led by the officers of one authority and the institution. Only at its
// end can an order be signed. The institution waives its reply, so nobody has to wait for the limits.
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import type { Json } from '@hengji/contracts';
import type { Officer } from './officer';
import { attach, type Paper } from './papers';

export type CaseJson = Json<Case>;

/**
 * Letters of an authority's officers: a drafts and proposes, b decides (a head), c and d verify, e checks the law, f heads the
 * department and reviews. The officers of the case (承办人) are a, c and d.
 */
type Letter = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
const HANDLERS: readonly Letter[] = ['a', 'c', 'd'];

interface Taken {
  readonly step: string;
  readonly by: Letter | 'institution';
  readonly what: string;
  /** The evidence or the proof of service that the step names. */
  readonly paper?: Paper;
}

const TO_FOUNDED: readonly Taken[] = [
  { step: 'TRIAGE', by: 'a', what: '分办至业务处室核查。' },
  {
    ...{ step: 'VERIFY', by: 'c', what: '现场核查:考试记录与监控录像不符,多名考生未到场。' },
    paper: {
      ...{ name: '现场笔录.pdf', kind: 'INSPECTION_RECORD', title: '现场笔录' },
      lines: ['在考务室调取考试记录和监控录像:', '考试记录载明的多名考生未到场。', '机构在场人员对上述情况无异议。'],
    },
  },
  {
    ...{ step: 'VERIFY', by: 'd', what: '现场核查:询问笔录和调取的试卷印证上述事实。' },
    paper: {
      ...{ name: '询问笔录.pdf', kind: 'TESTIMONY', title: '询问笔录' },
      lines: ['问:这一场考试是否举行?', '答:没有举行,证书是后来统一办理的。'],
    },
  },
  { step: 'FIND_FOUNDED', by: 'c', what: '经核查,违规事实清楚,证据确凿。' },
];

const TO_PUBLISHED: readonly Taken[] = [
  { step: 'ISSUE_NOTICE', by: 'a', what: '拟作出处理决定,现将事实、理由、依据及陈述申辩和听证的权利告知你单位。' },
  {
    step: 'SERVE_NOTICE',
    by: 'a',
    what: '',
    paper: { name: '送达回证(告知书).pdf', kind: 'OTHER', title: '送达回证', lines: ['受送达人已签收。'] },
  },
  { step: 'WAIVE_REPLY', by: 'institution', what: '放弃陈述申辩和听证。' },
  { step: 'PROPOSE', by: 'a', what: '建议按草稿所列范围和措施处理。' },
  { step: 'REVIEW', by: 'f', what: '事实清楚,措施与情节相当,同意呈报。' },
  { step: 'LEGAL_CHECK', by: 'e', what: '主体适格,事实清楚,依据正确,程序合法,同意。' },
  {
    ...{ step: 'DISCUSS', by: 'a', what: '' },
    paper: { name: '集体讨论记录.pdf', kind: 'OTHER', title: '集体讨论记录', lines: ['参加人一致同意处理建议。'] },
  },
  { step: 'DECIDE', by: 'b', what: '同意处理建议。' },
  {
    step: 'SERVE_DECISION',
    by: 'a',
    what: '',
    paper: { name: '送达回证(决定书).pdf', kind: 'OTHER', title: '送达回证', lines: ['受送达人已签收。'] },
  },
  { step: 'PUBLISH', by: 'a', what: '' },
];

/** Steps that are about the draft of the order. */
const ABOUT_DRAFT: readonly string[] = ['ISSUE_NOTICE', 'PROPOSE', 'LEGAL_CHECK', 'DISCUSS', 'DECIDE'];
const SERVED: readonly string[] = ['SERVE_NOTICE', 'SERVE_DECISION'];

const POINTS = ['SUBJECT', 'FACTS', 'EVIDENCE', 'BASIS', 'PROCEDURE', 'DISCRETION'] as const;
const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** What each step states; the numbers of credentials end with the letter of the officer. */
const stated = ({ step, by }: Taken): object => {
  const noInterest = true;
  switch (step) {
    case 'VERIFY':
      return { noInterest, credential: `2101${String(by.charCodeAt(0)).padStart(7, '0')}` };
    case 'WAIVE_REPLY':
      return { waived: ['REPLY', 'HEARING'] };
    case 'LEGAL_CHECK':
      return { noInterest, legalFindings: POINTS.map((point) => ({ point, passed: true })) };
    case 'DISCUSS':
      return { discussion: { heldOn: today(), participants: ['赵刚', '孙丽', '周强'], conclusion: '一致同意处理建议。' } };
    default:
      return { noInterest };
  }
};

/** The service in person, at this moment. */
const servedNow = () => ({
  ...{ mode: 'IN_PERSON', receiver: '王立新' },
  service: { servedAt: new Date().toISOString(), capacity: 'LEGAL_REPRESENTATIVE', servers: ['张明', '李晓'] },
});

/** An officer can be named once the officer has opened the list of tasks; then the triage names the officers. */
const named = async (person: (by: Letter) => Promise<Officer>): Promise<{ officerIds: string[] }> => {
  const officers = await Promise.all(HANDLERS.map(person));
  for (const officer of officers) await officer.get('/tasks');
  return { officerIds: officers.map(({ account }) => account) };
};

/** Opens a case; `take` takes a step of the case as the role that the step requires. */
const openCase = async (
  drafter: Officer,
  institution: string,
): Promise<{ caseId: string; take: (taken: Taken, orderId?: string) => Promise<void> }> => {
  const office = drafter.account.replace(/-\w+$/, '');
  const person = (by: Taken['by']): Promise<Officer> =>
    drafter.colleague(by === 'institution' ? `institution-${institution}` : `${office}-${by}`);
  const { caseId, authority } = await drafter.post<CaseJson>('/cases', {
    institution,
    source: 'COMPLAINT',
    grounds: ['CERTIFICATES_WITHOUT_EXAM'],
    summary: '群众举报该机构不考试就发证。',
  });
  // The province handles a city's case only after it took the case over.
  if (office === 'province' && authority !== 'LN') {
    const order = { step: 'TAKE_OVER', text: '案情重大,由省级直接办理。', documentNo: '辽人社函〔2026〕1号' };
    await (await person('b')).post(`/cases/${caseId}/steps`, order);
  }
  const take = async (taken: Taken, orderId = ''): Promise<void> => {
    const { step, by, what, paper } = taken;
    const taker = await person(by);
    const attachmentIds = paper === undefined ? [] : [await attach(taker, caseId, paper)];
    const service = SERVED.includes(step) ? servedNow() : {};
    const officers = step === 'TRIAGE' ? await named(person) : {};
    const about = ABOUT_DRAFT.includes(step) ? { orderId } : {};
    const answers = { text: what, attachmentIds, particulars: stated(taken), ...service, ...about, ...officers };
    await taker.post(`/cases/${caseId}/steps`, { step, ...answers });
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
