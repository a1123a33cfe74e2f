// The gates (关口) of an order: the conditions of its signature, one table per kind of order (rules §7.9). The transaction that
// signs evaluates the gates on the locked case, so nothing changes between the check and the signature. The case file shows the
// gates, so that everybody sees what is missing.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { checkOpen, readGates, type Gate, type GateRule } from '@hengji/procedure/tables';
import { checkCompetence, type Actor } from '../competence';
import { checkHead } from './chain/posts';
import { checkNotOfficer } from './chain/officers';
import { CASE_STATES, type Case, type OrderKind, type OrderOfCase, type TransferTrack } from './case';
import { hasReached } from './lifecycle';
import { checkSeparate, deciderOf, doubled, legalCheckerOf, transferApproverOf, verifiersOf } from './people';
import { isDiscussed, needsDiscussion } from './particulars/discussion';
import { checkNotRecused } from './particulars/recusal';
import { isAsApproved } from './tracks/transfer-track';
import { hasEnded, wasFounded, withEntry } from './record';

/** The fields of the order that the gates read. */
export type OrderAtGate = Pick<OrderOfCase, 'id' | 'kind' | 'urgency' | 'endCondition' | 'measures'>;

interface At {
  readonly theCase: Case;
  readonly order: OrderAtGate;
  readonly now: Date;
}

const wants = (isOpen: boolean, missing: string): string => (isOpen ? '' : missing);

const served = (servedAt: Date | null, now: Date, document: string): string => {
  if (!servedAt) return `${document}尚未送达`;
  return servedAt > now ? `${document}公告送达期至${dayOf(servedAt)}届满` : '';
};

export const GATES = {
  NOT_SUSPENDED: { title: '案件未中止', missing: ({ theCase }) => wants(!theCase.suspended, '本案因等待刑事案件结果中止') },
  FOUNDED: { title: '查证属实', missing: ({ theCase }) => wants(wasFounded(theCase), '尚未认定违规事实') },
  TWO_VERIFIERS: {
    title: '两名人员核查',
    missing: ({ theCase }) => {
      const count = verifiersOf(theCase).length;
      return wants(count >= 2, `核查须由两名以上人员进行，现有${count}名`);
    },
  },
  NOTICE_SERVED: { title: '告知书已送达', missing: ({ theCase, now }) => served(theCase.noticeServedAt, now, '告知书') },
  REPLY_HEARD: {
    title: '陈述申辩（听证）已毕',
    missing: ({ theCase }) => wants(hasReached(theCase.state, 'HEARD'), '陈述申辩期未满，或听证未结束'),
  },
  PROPOSED: { title: '已提出处理建议', missing: ({ theCase }) => wants(hasReached(theCase.state, 'PROPOSED'), '尚未提出处理建议') },
  LEGAL_CHECKED: {
    title: '法制审核通过',
    missing: ({ theCase }) => wants(hasReached(theCase.state, 'LEGAL_CHECKED') && legalCheckerOf(theCase) !== '', '尚未通过法制审核'),
  },
  // A decision that was made keeps its own check at DECIDE; a decision of an older version was made without a discussion.
  DISCUSSED: {
    title: '重大处理已经集体讨论',
    missing: ({ theCase, order }) =>
      wants(theCase.decision !== null || !needsDiscussion(order) || isDiscussed(theCase, order.id), '宣布证书作废、移出目录应先经集体讨论'),
  },
  DECIDED: {
    title: '已作出处理决定',
    missing: ({ theCase }) => wants(hasReached(theCase.state, 'DECIDED') && theCase.decision !== null, '尚未作出处理决定'),
  },
  // The decision names one draft, whose content never changes: no other draft can be signed under the decision's number.
  THIS_DRAFT: {
    title: '决定针对本草稿',
    missing: ({ theCase, order }) => wants(theCase.decision?.orderId === order.id, '处理决定不是针对这份草稿作出的'),
  },
  DECISION_SERVED: { title: '决定书已送达', missing: ({ theCase, now }) => served(theCase.decisionServedAt, now, '决定书') },
  PUBLISHED: {
    title: '决定已公开',
    missing: ({ theCase }) => {
      if (!hasReached(theCase.state, 'PUBLISHED')) return '处理决定尚未公开';
      return wants(theCase.publicNotice?.outdated === false, '没有有效的公示，应重新公示');
    },
  },
  NOT_EXECUTED: {
    title: '决定尚未交付执行',
    missing: ({ theCase }) => wants(!hasReached(theCase.state, 'EXECUTING'), '本案的处理决定已交付执行，另有措施应另案处理'),
  },
  SEPARATE_PEOPLE: {
    title: '核查、审核、决定人员分离',
    missing: ({ theCase }) => wants(doubled(theCase).length === 0, '有人兼任核查、法制审核、决定中的两项'),
  },
  NOT_ENDED: {
    title: '案件尚未办结',
    missing: ({ theCase }) => wants(!hasEnded(theCase.state), '本案已经办结'),
  },
  URGENCY: { title: '先行停止的紧急理由', missing: ({ order }) => wants(order.urgency.trim() !== '', '未写明为何不能等待处理决定') },
  END_CONDITION: { title: '先行停止的终止条件', missing: ({ order }) => wants(order.endCondition.trim() !== '', '未写明何时终止') },
  TRANSFER_APPROVED: {
    title: '移送已批准',
    missing: ({ theCase, order }) => {
      if (theCase.transferTrack !== 'approved') return '移送尚未批准，或已经移送';
      return wants(isAsApproved(theCase, order), '批准的移送书不是致本草稿所列的机关，应就本草稿重新批准');
    },
  },
} as const satisfies Record<string, GateRule<At>>;

export type GateWord = keyof typeof GATES;

/** The gates of each kind of order, in the sequence of display. */
export const GATES_OF = {
  final: [
    'NOT_SUSPENDED',
    'FOUNDED',
    'TWO_VERIFIERS',
    'NOTICE_SERVED',
    'REPLY_HEARD',
    'PROPOSED',
    'LEGAL_CHECKED',
    'DISCUSSED',
    'DECIDED',
    'THIS_DRAFT',
    'DECISION_SERVED',
    'PUBLISHED',
    'NOT_EXECUTED',
    'SEPARATE_PEOPLE',
  ],
  interim: ['NOT_SUSPENDED', 'NOT_ENDED', 'FOUNDED', 'TWO_VERIFIERS', 'URGENCY', 'END_CONDITION', 'SEPARATE_PEOPLE'],
  // A transfer has no gate on a suspension: the suspension waits for the criminal result, and that result needs the transfer.
  transfer: ['FOUNDED', 'TWO_VERIFIERS', 'TRANSFER_APPROVED', 'SEPARATE_PEOPLE'],
} as const satisfies Record<OrderKind, readonly GateWord[]>;

/** Every gate of the order, open or not. */
export const gatesOf = (theCase: Case, order: OrderAtGate, now: Date): Gate<GateWord>[] =>
  readGates<GateWord, At>(GATES, GATES_OF[order.kind], { theCase, order, now });

/** Refuses `order.gate_closed`, naming the first closed gate and what is missing; `field` is the gate. */
export const checkGates = (theCase: Case, order: OrderAtGate, now: Date): void =>
  checkOpen(gatesOf(theCase, order, now), 'order.gate_closed', 'rules §7.9');

/**
 * Whether an order of this kind can be drafted in the case: about the case's institution, after a violation was found, before
 * the decision is carried out. Refuses `order.other_case`, `order.case_not_ready`.
 */
export const checkDraftable = (theCase: Case, about: string, kind: OrderKind): void => {
  const { institution, state } = theCase;
  if (institution !== about)
    throw new Refusal('invalid', 'order.other_case', '处理范围中的机构不是本案当事机构', { field: 'case_id', rule: 'rules §7.9' });
  const refuse = (message: string): never => {
    throw new Refusal('illegalMove', 'order.case_not_ready', message, { field: 'case_id', rule: 'rules §7.9' });
  };
  // A running transfer continues after the main line ended without a decision.
  const isReady = kind === 'transfer' && theCase.transferTrack !== 'none' ? wasFounded(theCase) : hasReached(state, 'FOUNDED');
  if (!isReady) refuse('查证属实后方可起草处理决定');
  if (kind === 'final' && hasReached(state, 'DECIDED')) refuse('本案已作出处理决定，不能再起草；如需变更，应先自行纠正或另案处理');
};

/**
 * The states in which a draft can be used: from the finding to the decision. A reported transfer that is not yet sent is
 * covered by `isDraftable`.
 */
export const DRAFTABLE_STATES = CASE_STATES.filter((state) => hasReached(state, 'FOUNDED') && !hasReached(state, 'DECIDED'));
export const DRAFTABLE_TRACKS = ['reported', 'approved'] as const satisfies readonly TransferTrack[];

/** Whether an order of any kind can be drafted in the case and used. */
export const isDraftable = ({ state, transferTrack }: Pick<Case, 'state' | 'transferTrack'>): boolean =>
  DRAFTABLE_STATES.includes(state) || DRAFTABLE_TRACKS.some((track) => track === transferTrack);

/** Whether the gates apply to the case: false once its decision is carried out, and after an end without a decision. */
export const isBeforeSignature = ({ state }: Pick<Case, 'state'>): boolean => !hasReached(state, 'EXECUTING') && !hasEnded(state);

/** The only head who may sign; null = every head except those who handle, verify or check (an interim stop has no decider yet). */
const SIGNER_OF = {
  final: deciderOf,
  interim: () => null,
  transfer: transferApproverOf,
} as const satisfies Record<OrderKind, (theCase: Case) => string | null>;

/** Refuses `order.out_of_territory`, `order.not_decider`, `case.recused`, `case.same_person`, `order.not_head`. */
export const checkSigner = (theCase: Case, { kind }: OrderAtGate, actor: Actor): void => {
  checkCompetence(actor, theCase.authority);
  const signer = SIGNER_OF[kind](theCase);
  if (signer !== null && signer !== actor.officerId) {
    const message = kind === 'transfer' ? '移送须由批准移送的负责人签发' : '处理决定须由作出决定的负责人签发';
    throw new Refusal('forbidden', 'order.not_decider', message, { field: 'actor.officer_id', rule: 'rules §7.9' });
  }
  checkNotRecused(theCase, actor.officerId, []);
  checkSeparate(theCase, 'EXECUTE', actor.officerId);
  checkNotOfficer(theCase, actor.officerId, '签发');
  checkHead(actor, kind === 'interim' ? '先行停止的签发' : '签发');
};

/**
 * A lifting is a decision: of a head who did not verify, review, check or handle, and is not recused. Refuses `case.recused`,
 * `case.same_person`, `order.not_head`.
 */
export const checkLifter = (theCase: Pick<Case, 'entries' | 'officers'>, actor: Actor): void => {
  checkNotRecused(theCase, actor.officerId, []);
  checkSeparate(theCase, 'EXECUTE', actor.officerId, '解除处理决定');
  checkNotOfficer(theCase, actor.officerId, '解除处理决定');
  checkHead(actor, '解除处理决定');
};

export interface Execution {
  readonly order: OrderAtGate;
  readonly actor: Actor;
  readonly byName: string;
  readonly now: Date;
}

/** The case after the signature of its order. Refuses as `checkGates` and `checkSigner`. */
export const decideExecute = (theCase: Case, { order, actor, byName, now }: Execution): Case => {
  checkGates(theCase, order, now);
  checkSigner(theCase, order, actor);
  const entry = { step: 'EXECUTE', by: actor.officerId, byName, at: now, text: order.id, attachmentIds: [], orderId: order.id } as const;
  const next = withEntry(theCase, entry);
  if (order.kind === 'final') return { ...next, state: 'EXECUTING' };
  return order.kind === 'transfer' ? { ...next, transferTrack: 'sent' } : next;
};
