// What each result of a remedy does to the decision: it is taken back whole, in a part, or it stands and a stay ends. What is taken
// back is drafted as a lifting (拟解除); LiftOrder carries it out. Rules §7.9: decision → REVOKED/AMENDED (复议/诉讼).
import { Refusal } from '@hengji/domain-kit';
import type { Measure } from '../cascade';
import { narrow } from '../liftings';
import type { LiftGround, Lifting } from '../order';
import { isSameScope, MEASURE_NAMES, type Scope } from '../scope';
import { KIND_TITLES, type OrderOfRemedy, type Remedy, type RemedyAsked, type RemedyKind, type RemedyResult } from './remedy';

interface ResultRule {
  readonly title: string;
  /** What of the decision is taken back. */
  readonly takesBack: 'whole' | 'part' | 'nothing';
  /** The execution may continue: a stay ends with the result. */
  readonly resumes: boolean;
}

export const RESULTS = {
  UPHELD: { title: '维持', takesBack: 'nothing', resumes: true },
  REJECTED: { title: '驳回', takesBack: 'nothing', resumes: true },
  REVOKED: { title: '撤销', takesBack: 'whole', resumes: false },
  PARTLY_REVOKED: { title: '部分撤销', takesBack: 'part', resumes: false },
  CHANGED: { title: '变更', takesBack: 'part', resumes: false },
  // The decision keeps its effect (确认违法，不撤销).
  DECLARED_UNLAWFUL: { title: '确认违法', takesBack: 'nothing', resumes: true },
  REDO: { title: '撤销并责令重新作出', takesBack: 'whole', resumes: false },
  WITHDRAWN: { title: '撤回、终止', takesBack: 'nothing', resumes: true },
} as const satisfies Record<RemedyResult, ResultRule>;

const GROUNDS = { RECONSIDERATION: 'RECONSIDERATION', SUIT: 'COURT', APPEAL: 'COURT' } as const satisfies Record<RemedyKind, LiftGround>;

/** The lifting that a result demands. */
export interface DraftedLifting {
  readonly ground: LiftGround;
  readonly reason: string;
  /** Null = the whole scope of the order. */
  readonly scope: Scope | null;
  /** Empty = all measures that are in force. */
  readonly measures: readonly Measure[];
}

/** Whether the result takes something back that was neither lifted nor settled; a next instance replaces the result. */
export const owesLifting = ({ result, settled, followedBy }: Pick<Remedy, 'result' | 'settled' | 'followedBy'>): boolean =>
  result !== null && RESULTS[result.word].takesBack !== 'nothing' && !settled && followedBy === '';

/** Null where nothing is to be lifted. */
export const draftedLifting = (remedy: Remedy): DraftedLifting | null => {
  const { result, kind, body, orderId } = remedy;
  if (!result || orderId === '' || !owesLifting(remedy)) return null;
  const { word, documentNo, text, measures, scope } = result;
  const reason = `${body}${KIND_TITLES[kind]}结果（${documentNo}）：${RESULTS[word].title}。${text}`;
  return { ground: GROUNDS[kind], reason, measures, scope };
};

/** Whether the lifting takes back at least what the result demands. */
export const carriesOut = ({ ground, measures, scope }: DraftedLifting, order: OrderOfRemedy, lifting: Lifting): boolean => {
  if (lifting.ground !== ground) return false;
  if (lifting.whole) return true;
  const demanded = scope === null ? order.scope : narrow(order.scope, scope);
  const all = measures.length === 0 ? order.measures : measures;
  return isSameScope(demanded, lifting.scope) && all.every((measure) => lifting.measures.includes(measure));
};

const missing = (field: string, message: string): Refusal =>
  new Refusal('invalid', 'remedy.field_missing', message, { field, rule: 'rules §7.9' });

/**
 * The part that a result about a part names, within the order. Refuses `remedy.field_missing` where it names none, and
 * `order.lift_outside`.
 */
export const partOfResult = (
  order: OrderOfRemedy | null,
  word: RemedyResult,
  { measures, scope }: Pick<RemedyAsked, 'measures' | 'scope'>,
): { readonly measures: readonly Measure[]; readonly scope: Scope | null } => {
  if (RESULTS[word].takesBack !== 'part' || !order) return { measures: [], scope: null };
  if (measures.length === 0 && scope === null) throw missing('measures', `“${RESULTS[word].title}”应写明所涉措施或者范围`);
  measures.forEach((measure, i) => {
    if (!order.measures.includes(measure)) {
      const message = `原处理决定没有“${MEASURE_NAMES[measure]}”`;
      throw new Refusal('invalid', 'order.lift_outside', message, { field: `measures[${i}]`, rule: 'rules §7.9' });
    }
  });
  return { measures, scope: scope === null ? null : narrow(order.scope, scope) };
};
