// Registering a remedy: against which decision of the case, by whom, where, and after which earlier remedy.
import { dayOf, Refusal, type Day } from '@hengji/domain-kit';
import { checkTaker } from '@hengji/procedure/tables';
import type { Case } from '../cases/case';
import { isTransfer } from '../cascade';
import type { Actor } from '../competence';
import type { Order } from '../order';
import { dayReceived } from './days';
import type { Remedy, RemedyKind } from './remedy';
import { REMEDY } from './steps';

export interface RemedyOpened {
  readonly actor: Actor;
  readonly byName: string;
  readonly kind: RemedyKind;
  readonly orderId: string;
  readonly applicant: string;
  readonly body: string;
  readonly bodyNo: string;
  readonly receivedOn: string;
  readonly text: string;
  readonly attachmentIds: readonly string[];
}

export interface OpenedOn {
  readonly id: string;
  readonly theCase: Case;
  /** Null for the decision on the fine. */
  readonly order: Order | null;
  /** The remedy that it follows; null without. */
  readonly previous: Remedy | null;
  readonly now: Date;
}

const REQUIRED = { applicant: '申请人（原告）', body: '复议机关或者人民法院', bodyNo: '通知书的文号、案号' } as const;

const checkFilled = (asked: RemedyOpened): void => {
  for (const [field, what] of Object.entries(REQUIRED) as [keyof typeof REQUIRED, string][]) {
    if (asked[field].trim() !== '') continue;
    const name = field === 'bodyNo' ? 'body_no' : field;
    throw new Refusal('invalid', 'remedy.field_missing', `应写明${what}`, { field: name, rule: 'rules §7.9' });
  }
  if (asked.text.trim() === '')
    throw new Refusal('invalid', 'remedy.text_missing', '应写明请求事项和理由', { field: 'text', rule: 'rules §7.5' });
};

interface Decision {
  readonly on: Day;
  /** 文号. */
  readonly against: string;
}

const noDecision = (message: string): Refusal =>
  new Refusal('illegalMove', 'remedy.no_decision', message, { field: 'order_id', rule: 'rules §7.5' });

const lastOf = ({ entries }: Case, step: 'DECIDE' | 'DECIDE_PENALTY'): Date | undefined => entries.findLast((one) => one.step === step)?.at;

/** The decision that the remedy is against: of an order, or on the fine. Refuses `remedy.no_decision`. */
const decisionOf = ({ theCase, order }: OpenedOn): Decision => {
  if (!order) {
    const at = lastOf(theCase, 'DECIDE_PENALTY');
    if (!at || theCase.penaltyTrack !== 'decided') throw noDecision('本案没有行政处罚决定；针对处理决定的，应选择处理决定');
    return { on: dayOf(at), against: '行政处罚决定书' };
  }
  // The letter of a transfer decides nothing about the institution.
  if (order.caseId !== theCase.id || isTransfer(order.measures)) throw noDecision('本案没有这个处理决定');
  const { signature } = order;
  if (signature) return { on: dayOf(signature.at), against: signature.documentNo };
  const { decision } = theCase;
  const at = lastOf(theCase, 'DECIDE');
  if (decision?.orderId !== order.id || !at) throw noDecision('处理决定尚未作出');
  return { on: dayOf(at), against: decision.number };
};

const FOLLOWS = { RECONSIDERATION: null, SUIT: 'RECONSIDERATION', APPEAL: 'SUIT' } as const satisfies Record<RemedyKind, RemedyKind | null>;

/** A suit may follow a reconsideration of the same decision, an appeal follows its suit; each follows only one that has its result. */
const checkFollows = (kind: RemedyKind, previous: Remedy | null, { against, caseId }: { against: string; caseId: string }): void => {
  const refuse = (message: string): never => {
    throw new Refusal('invalid', 'remedy.follows_invalid', message, { field: 'follows', rule: 'rules §7.5' });
  };
  if (!previous) {
    if (kind === 'APPEAL') refuse('上诉应写明对哪一件一审诉讼提起');
    return;
  }
  if (previous.kind !== FOLLOWS[kind]) refuse('前一程序不符：诉讼接在复议之后，上诉接在一审之后');
  if (previous.caseId !== caseId || previous.against !== against) refuse('前一程序针对的不是同一决定');
  if (!previous.result) refuse('前一程序尚无结果');
  if (previous.followedBy !== '') refuse('前一程序已经登记过后续程序');
};

/**
 * The remedy with its first entry. Refuses `remedy.role_forbidden`, `remedy.out_of_territory`, `remedy.field_missing`,
 * `remedy.text_missing`, `remedy.no_decision`, `remedy.follows_invalid`, `remedy.day_invalid`, `remedy.wrong_order`.
 */
export const openRemedy = (asked: RemedyOpened, on: OpenedOn): Remedy => {
  const { theCase, previous, now, id } = on;
  const { actor, byName, kind, orderId, applicant, body, bodyNo, text, attachmentIds } = asked;
  const place = { institution: theCase.institution, authority: theCase.authority };
  checkTaker(REMEDY, place, { step: 'RECEIVE', actor });
  checkFilled(asked);
  const decision = decisionOf(on);
  checkFollows(kind, previous, { against: decision.against, caseId: theCase.id });
  const earliest = previous?.result
    ? { day: previous.result.on, what: '前一程序结果作出之日' }
    : { day: decision.on, what: '决定作出之日' };
  const day = dayReceived(asked.receivedOn, now, earliest);
  const entry = { number: 1, step: 'RECEIVE', by: actor.officerId, byName, at: now, text, documentIds: [], attachmentIds } as const;
  return {
    ...{ id, ...place, caseId: theCase.id, orderId, against: decision.against, kind, applicant, body, bodyNo, receivedOn: day },
    ...{ follows: previous?.id ?? '', followedBy: '', openedAt: now, state: 'RECEIVED', stayed: false, stayApplied: false },
    ...{ result: null, settled: false, entries: [{ ...entry, day, documentNo: bodyNo }] },
  };
};
