// Orders for the specs: drafted, previewed, signed, executing. Each step goes through the decision function that makes it.
import type { Request } from '../src/application/ports';
import { decideFenced } from '../src/domain/execution';
import { decideDraft, decidePreview, decideSign, type DraftAsked } from '../src/domain/gates';
import { isHold, SERVICES, type Measure } from '../src/domain/cascade';
import type { Actor, PostLevel } from '../src/domain/competence';
import type { Placed } from '../src/domain/fence';
import { decisionOf, rowsInForce, type Decision, type Order } from '../src/domain/order';
import { decideRecord, decideSwept } from '../src/domain/execution';
import type { Preview, Receipt, Row } from '../src/domain/ledger';
import { decideLift, type LiftAsked } from '../src/domain/liftings';
import { checksOf, type CheckWord, type Found } from '../src/domain/residual/cross-checks';
import type { Scope } from '../src/domain/scope';

export const NOW = new Date('2026-11-23T02:00:00.000Z');
export const later = (ms: number): Date => new Date(NOW.getTime() + ms);

/** A request of any person, for use cases whose act is not checked. */
export const REQUEST: Request = {
  by: { kind: 'PERSON', id: 'drafter', account: 'drafter', name: '', role: '', post: '', authority: '', institution: '' },
  ...{ what: '', kind: 'order', purpose: '', requestId: '', request: '', evidence: [], orderId: '', caseId: '' },
};

export const INSTITUTION = 'S000021010003';

/** The posts of the officers of the specs; everybody else is no head. */
const POSTS: Readonly<Record<string, PostLevel>> = { signer: 'HEAD', decider: 'HEAD', reviewer: 'DEPARTMENT_HEAD' };

export const officer = (officerId: string, authority = '2101', postLevel = POSTS[officerId]): Actor => ({
  officerId,
  role: authority === 'LN' ? 'PROVINCE_OFFICER' : 'CITY_OFFICER',
  authority,
  institution: '',
  ...(postLevel === undefined ? {} : { postLevel }),
});
export const DRAFTER = officer('drafter');
export const SIGNER = officer('signer');

export const WHOLE: Scope = {
  institution: INSTITUTION,
  plans: [],
  sessions: [],
  occupationLevels: [],
  persons: [],
  certificates: [],
  from: '',
  until: '',
};

export const FILING = { name: '沈阳市某职业培训学校', authority: '2101' };

export const asked = (measures: readonly Measure[], change: Partial<DraftAsked> = {}): DraftAsked => ({
  id: 'o1',
  actor: DRAFTER,
  scope: WHOLE,
  measures,
  grounds: ['CERTIFICATES_WITHOUT_EXAM'],
  reason: '不考试就发证',
  rectifyBy: measures.includes('RECTIFY') ? '2026-12-31' : '',
  caseId: 'c1',
  interim: false,
  urgency: '',
  endCondition: '',
  supersedes: '',
  title: '',
  ...change,
});

export const preview = (count: number, seed = 1): Preview => ({
  count: BigInt(count),
  fen: 0n,
  people: BigInt(count),
  sample: [],
  root: Uint8Array.of(count, seed),
});

export const previewsOf = (order: Order, seed = 1): Map<number, Preview> =>
  new Map(order.rows.map((row) => [row.number, preview(row.number, seed)]));

export const receipt = (matched: number, seed = 1): Receipt => ({
  matched: BigInt(matched),
  changed: BigInt(matched),
  already: 0n,
  left: 0n,
  leaves: BigInt(matched),
  fen: 0n,
  root: Uint8Array.of(matched, seed),
  signature: null,
  startedAt: NOW,
  finishedAt: NOW,
});

/** The receipt of a row that found exactly what was signed; a hold has one leaf: the hold itself. */
export const receiptOf = ({ number, target }: Pick<Row, 'number' | 'target'>): Receipt => ({
  ...receipt(number),
  leaves: isHold(target.effect) ? 1n : BigInt(number),
});

export const drafted = (measures: readonly Measure[] = ['CANCEL_RESULTS', 'VOID_CERTIFICATES']): Order =>
  decideDraft(asked(measures), FILING, NOW);

export const previewed = (measures?: readonly Measure[]): Order => {
  const order = drafted(measures);
  return decidePreview(order, DRAFTER, previewsOf(order), NOW).next;
};

export const signed = (measures?: readonly Measure[]): Order => {
  const order = previewed(measures);
  return decideSign(order, { actor: SIGNER, fresh: previewsOf(order), documentNo: '沈人社鉴处〔2026〕1号', epoch: 7n, now: NOW }).next;
};

/** A service placed its fence, and signed that. */
export const placed = (placedAt: Date): Placed => ({
  placedAt,
  attestation: { statement: '{}', keyId: 'k', algorithm: 'ED25519', value: Uint8Array.of(1) },
  trouble: '',
});

export const executing = (measures?: readonly Measure[]): Order =>
  SERVICES.reduce((order, service) => decideFenced(order, service, placed(NOW), NOW).next, signed(measures));

/** Every row reported, in the order of the requests. */
export const reported = (order: Order, now = NOW): Order => {
  const next = rowsInForce(order).find((row) => row.state === 'ASKED');
  if (!next) return order;
  const epoch = decisionOf(order, next)?.epoch ?? 0n;
  const report = { kind: 'reported', row: next.number, service: next.target.service, epoch, receipt: receiptOf(next) } as const;
  return reported(decideRecord(order, report, now).next, now);
};

export const zeroOf = (order: Order): Map<number, { count: bigint; sample: string[] }> =>
  new Map(rowsInForce(order).map((row) => [row.number, { count: 0n, sample: [] }]));

/** A lifting of the order, whole unless narrowed. */
export const liftedIn = (order: Order, asked: Partial<Omit<LiftAsked, 'actor'>> = {}, epoch = 9n, now = NOW): Decision =>
  decideLift(
    order,
    { ground: 'RECONSIDERATION', reason: '复议撤销', scope: null, measures: [], ...asked },
    { by: 'signer', documentNo: `沈人社鉴解〔2026〕${epoch}号`, epoch, now },
  );

/** Every check between services is answered without a contradiction. */
export const noneFound = (order: Order): Map<CheckWord, Found> =>
  new Map(checksOf(order).map(({ check }) => [check, { checked: 1n, contradictions: 0n, sample: [] }]));

export const completed = (measures?: readonly Measure[]): Order => {
  const done = reported(executing(measures));
  return decideSwept(done, zeroOf(done), noneFound(done), NOW).next;
};
