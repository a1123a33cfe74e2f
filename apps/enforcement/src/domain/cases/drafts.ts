// The one draft of notice, proposal, legal check and decision. Each of these steps names its draft: a check of one draft covers
// no other draft. What is decided is the draft of the notice that was served (行政处罚法 §44, §45, §58). The approval of a
// transfer names its draft in the same way, because the letter names the receiving bodies.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { draftersOf, isUnsigned } from '../drafts/draft';
import { checkRectifyBy, MEASURE_NAMES } from '../scope';
import type { Case, CaseStep, OrderOfCase } from './case';
import { checkDraftDiscussed } from './particulars/discussion';
import { toldDraft } from './told/reach';

export const isSigned = (order: Pick<OrderOfCase, 'state'>): boolean => !isUnsigned(order) && order.state !== 'DISCARDED';

const openDrafts = (step: DraftStep, orders: readonly OrderOfCase[]): OrderOfCase[] => {
  const kind = step === 'APPROVE_TRANSFER' ? 'transfer' : 'final';
  return orders.filter((order) => order.kind === kind && isUnsigned(order));
};

interface At {
  readonly theCase: Case;
  readonly orders: readonly OrderOfCase[];
  /** The person who takes the step. */
  readonly person: string;
  readonly now: Date;
}

const refuse = (reason: string, message: string, rule: string): never => {
  throw new Refusal('illegalMove', reason, message, { field: 'order_id', rule });
};

/** The draft of the notice that is served: that of its issue. */
export const draftOfNotice = ({ entries }: Pick<Case, 'entries'>): string =>
  entries.findLast(({ step }) => step === 'ISSUE_NOTICE')?.orderId ?? '';

const beyondNotice = ({ theCase, orders }: At, draft: OrderOfCase): string => {
  const told = orders.find(({ id }) => id === toldDraft(theCase));
  const beyond = draft.measures.filter((measure) => !told?.measures.includes(measure)).map((measure) => `“${MEASURE_NAMES[measure]}”`);
  if (beyond.length > 0) return `${beyond.join('、')}未在告知书中告知`;
  return draft.replacesDraft === '' ? '送达的告知书针对的是另一份草稿' : '草稿在告知后作了修改';
};

/** The content of a draft that a notice names never changes (drafts/edit.ts), so the same draft is the same scope and measures. */
const checkNotified = (at: At, draft: OrderOfCase): void => {
  if (toldDraft(at.theCase) === draft.id) return;
  refuse('case.not_notified', `${beyondNotice(at, draft)}，应就本草稿重新送达告知书`, '行政处罚法第四十四条、第四十五条');
};

const checkProposed = ({ theCase }: At, draft: OrderOfCase): void => {
  if (theCase.entries.findLast(({ step }) => step === 'PROPOSE')?.orderId !== draft.id)
    refuse('case.other_draft', '处理建议不是针对这份草稿提出的', 'rules §7.9');
};

const checkChecked = ({ theCase }: At, draft: OrderOfCase): void => {
  if (theCase.entries.findLast(({ step }) => step === 'LEGAL_CHECK')?.orderId !== draft.id)
    refuse('case.other_draft', '法制审核不是针对这份草稿作出的', '行政处罚法第五十八条');
};

/** Only the decider may sign and the drafter may not, so a decision by the drafter could never be signed. */
const checkNotDrafter = ({ person }: At, draft: OrderOfCase): void => {
  if (!draftersOf(draft).includes(person)) return;
  throw new Refusal('forbidden', 'case.same_person', '处理决定由您起草，应由他人作出决定并签发', {
    field: 'actor.officer_id',
    rule: 'rules §7.9',
  });
};

/** The checks of the draft for each step. */
const DRAFT_CHECKS = {
  ISSUE_NOTICE: [],
  DISCUSS: [],
  APPROVE_TRANSFER: [],
  PROPOSE: [checkNotified],
  LEGAL_CHECK: [checkProposed],
  DECIDE: [
    checkProposed,
    checkChecked,
    checkNotified,
    checkNotDrafter,
    ({ theCase }, draft) => checkDraftDiscussed(theCase, draft),
    ({ now }, { measures, rectifyBy }) => checkRectifyBy(measures, rectifyBy, dayOf(now)),
  ],
} as const satisfies Partial<Record<CaseStep, readonly ((at: At, draft: OrderOfCase) => void)[]>>;

type DraftStep = keyof typeof DRAFT_CHECKS;
/** Steps that are possible before any draft exists. */
const AHEAD: readonly DraftStep[] = ['ISSUE_NOTICE', 'DISCUSS', 'APPROVE_TRANSFER'];

export const isAboutDraft = (step: CaseStep): step is DraftStep => step in DRAFT_CHECKS;

const checkFit = (at: At, step: DraftStep, draft: OrderOfCase): void => {
  const checks: readonly ((at: At, draft: OrderOfCase) => void)[] = DRAFT_CHECKS[step];
  for (const check of checks) check(at, draft);
};

const checkAny = (step: DraftStep, drafts: readonly OrderOfCase[]): void => {
  if (drafts.length === 0 && !AHEAD.includes(step)) {
    throw new Refusal('illegalMove', 'case.illegal_move', '应先起草处理决定，写明范围和措施', { field: 'step', rule: 'rules §7.9' });
  }
};

/** Checks that at least one draft allows the step. Refuses with the refusal of the last draft; `case.illegal_move` without a draft. */
export const checkHasDraft = (step: CaseStep, at: At): void => {
  if (!isAboutDraft(step)) return;
  const drafts = openDrafts(step, at.orders);
  checkAny(step, drafts);
  const refusals = drafts.flatMap((draft) => {
    try {
      checkFit(at, step, draft);
      return [];
    } catch (refusal) {
      if (refusal instanceof Refusal) return [refusal];
      throw refusal;
    }
  });
  const last = refusals.at(-1);
  if (last && refusals.length === drafts.length) throw last;
};

/**
 * The draft of the step: the named draft, else the only draft. Empty for a step without a draft, and for a step before any
 * draft. Refuses `case.draft_unnamed` (several, none named), `case.draft_unknown`, `case.not_notified`, `case.other_draft`,
 * `case.same_person`, `order.rectify_by_invalid`.
 */
export const draftOf = (step: CaseStep, orderId: string, at: At): string => {
  if (!isAboutDraft(step)) return '';
  const drafts = openDrafts(step, at.orders);
  checkAny(step, drafts);
  if (orderId === '' && drafts.length > 1) {
    throw new Refusal('invalid', 'case.draft_unnamed', '本案有多份草稿，请写明这一步针对哪一份', { field: 'order_id', rule: 'rules §7.9' });
  }
  const draft = orderId === '' ? drafts[0] : drafts.find(({ id }) => id === orderId);
  if (!draft && orderId !== '') {
    throw new Refusal('notFound', 'case.draft_unknown', '本案没有这份尚未签发的草稿', { field: 'order_id', rule: 'rules §7.9' });
  }
  if (!draft) return '';
  checkFit(at, step, draft);
  return draft.id;
};
