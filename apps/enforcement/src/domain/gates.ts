// The gates for acts of people: draft, preview, sign (lift: liftings.ts). The signature needs competence, a preview that still
// matches, and two different people (rules §7.9). The steps after the signature are in execution.ts.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { isHold, isTransfer, type Measure } from './cascade';
import { checkCompetence, checkDirectory, type Actor } from './competence';
import { draftersOf } from './drafts/draft';
import { openFences } from './fence';
import { openRows, sameBytes, type Preview, type Previews, type Row } from './ledger';
import { NO_SWEEP, move, quietly, type Decision, type Order, type Violation } from './order';
import { checkMeasures, checkRectifyBy, checkScope, type Scope } from './scope';
import { SERVICES_ZH } from './service-words';

export interface DraftAsked {
  readonly id: string;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly measures: readonly Measure[];
  readonly grounds: readonly Violation[];
  readonly reason: string;
  readonly rectifyBy: string;
  readonly caseId: string;
  readonly interim: boolean;
  readonly urgency: string;
  readonly endCondition: string;
  /** The order that this one is to replace; empty if there is none. */
  readonly supersedes: string;
  /** At most 60 characters; may be empty. */
  readonly title: string;
}

export const LONGEST_REASON = 2_000;
const LONGEST_TITLE = 60;

/**
 * Checks the fields of an interim stop, and that an order with a transfer has no other measures. Refuses
 * `order.interim_invalid`, `order.transfer_mixed`, `order.supersedes_invalid` for an interim stop or a transfer.
 */
const checkKind = ({ measures, interim, urgency, endCondition, supersedes }: DraftAsked): void => {
  const refuse = (field: string, message: string): never => {
    throw new Refusal('invalid', 'order.interim_invalid', message, { field, rule: 'rules §7.9' });
  };
  if (interim && (measures.length !== 1 || measures[0] !== 'STOP_EVALUATION')) refuse('measures', '先行停止只能采取“立即停止评价”一项措施');
  if (interim && urgency.trim() === '') refuse('urgency', '先行停止应写明为何不能等待处理决定');
  if (interim && endCondition.trim() === '') refuse('end_condition', '先行停止应写明何时终止');
  if (!interim && urgency !== '') refuse('urgency', '只有先行停止才填写紧急理由');
  if (!interim && endCondition !== '') refuse('end_condition', '只有先行停止才填写终止条件');
  const transfers = measures.filter((measure) => measure.startsWith('TRANSFER_'));
  if (transfers.length > 0 && transfers.length < measures.length) {
    throw new Refusal('invalid', 'order.transfer_mixed', '移送与其他处理措施应分别作出', { field: 'measures', rule: '国务院令310号' });
  }
  // A successor lifts the whole earlier decision: only a decision can do that.
  if (supersedes !== '' && (interim || transfers.length > 0)) {
    const message = '先行停止、移送不能取代处理决定；取代须由新的处理决定作出';
    throw new Refusal('invalid', 'order.supersedes_invalid', message, { field: 'supersedes', rule: 'rules §7.9' });
  }
};

/** The checks that need no filing of the institution. Refuses as `checkMeasures`, `checkScope`, …, `order.title_too_long`, `order.no_ground`, `order.no_reason`. */
export const checkDraft = (asked: DraftAsked, now: Date): void => {
  checkScope(asked.scope);
  checkMeasures(asked.measures, asked.scope);
  checkDirectory(asked.measures, asked.scope.institution);
  checkKind(asked);
  if (asked.title.length > LONGEST_TITLE) {
    const message = `草稿名称不超过${LONGEST_TITLE}字`;
    throw new Refusal('invalid', 'order.title_too_long', message, { field: 'title', rule: 'design' });
  }
  checkRectifyBy(asked.measures, asked.rectifyBy, dayOf(now));
  if (asked.grounds.length === 0)
    throw new Refusal('invalid', 'order.no_ground', '处理决定应写明违规情形', { field: 'grounds', rule: 'N3.5b' });
  if (asked.reason.trim() === '' || asked.reason.length > LONGEST_REASON) {
    throw new Refusal('invalid', 'order.no_reason', `处理决定应写明事实和理由，不超过${LONGEST_REASON}字`, {
      field: 'reason',
      rule: '行政处罚法第五十九条',
    });
  }
};

/** Where an order belongs: the institution's name and authority by its filing, and the authority that handles the case. */
export interface Belonging {
  readonly name: string;
  readonly authority: string;
  /** Absent: the authority of the filing. */
  readonly handledBy?: string;
}

/** Creates the order with its ledger, for the authority that handles its case. */
export const decideDraft = (asked: DraftAsked, filing: Belonging, now: Date): Order => {
  const { handledBy = filing.authority } = filing;
  checkDraft(asked, now);
  checkCompetence(asked.actor, handledBy);
  const { id, actor, scope, measures, grounds, reason, rectifyBy, caseId, interim, urgency, endCondition } = asked;
  return {
    id,
    state: 'DRAFT',
    scope,
    measures,
    grounds: [...new Set(grounds)],
    reason,
    caseId,
    interim,
    urgency,
    endCondition,
    rectifyBy,
    institutionName: filing.name,
    authority: handledBy,
    filedWith: filing.authority,
    title: asked.title.trim(),
    revision: 1,
    draftedBy: actor.officerId,
    editedBy: [],
    discarded: null,
    replacesDraft: '',
    replacedByDraft: '',
    draftedAt: now,
    previewedAt: null,
    signature: null,
    fencedAt: null,
    issuedAt: null,
    completedAt: null,
    liftings: [],
    suspension: null,
    supersedes: asked.supersedes,
    supersededBy: '',
    seals: [],
    sweep: NO_SWEEP,
    crossChecks: [],
    sweptAt: null,
    reopenedAt: null,
    rows: openRows(measures),
    fences: [],
  };
};

const previewOf = (previews: Previews, row: Row): Preview => {
  const preview = previews.get(row.number);
  if (!preview)
    throw new Refusal('unavailable', 'order.preview_incomplete', `${SERVICES_ZH[row.target.service]}未返回第${row.number}行的预览`, {
      field: 'rows',
    });
  return preview;
};

/** Refuses a person who may not preview the order, before any service is asked. */
export const checkPreview = (order: Order, actor: Actor): void => {
  checkCompetence(actor, order.authority);
  move(order, 'preview');
};

/** Stores with each row what it would touch; the count becomes the signed count. A later preview replaces an earlier one. */
export const decidePreview = (order: Order, actor: Actor, previews: Previews, now: Date): Decision => {
  checkPreview(order, actor);
  const rows = order.rows.map((row) => {
    const preview = previewOf(previews, row);
    return { ...row, preview, signedCount: preview.count };
  });
  return quietly({ ...order, state: move(order, 'preview'), previewedAt: now, rows });
};

/** Refuses a signature without preview, from another territory, by the drafter, or after the day of rectification. */
export const checkSign = (order: Order, actor: Actor, now: Date): void => {
  checkCompetence(actor, order.authority);
  if (order.state === 'DRAFT') throw new Refusal('illegalMove', 'order.not_previewed', '处理决定须先预览再签发', { rule: 'rules §7.9' });
  move(order, 'sign');
  if (draftersOf(order).includes(actor.officerId)) {
    throw new Refusal('forbidden', 'order.same_person', '起草人不得签发自己起草的处理决定', {
      field: 'actor.officer_id',
      rule: 'rules §7.9',
    });
  }
  checkRectifyBy(order.measures, order.rectifyBy, dayOf(now));
};

/**
 * Whether records, money and people equal the preview. A hold compares only its scope, because records in that scope may still
 * be added.
 */
const isUnmoved = ({ target }: Row, seen: Preview, live: Preview): boolean =>
  sameBytes(seen.root, live.root) &&
  (isHold(target.effect) || (seen.count === live.count && seen.fen === live.fen && seen.people === live.people));

const checkUnmoved = (order: Order, fresh: Previews): void => {
  for (const row of order.rows) {
    const live = previewOf(fresh, row);
    if (row.preview === null || !isUnmoved(row, row.preview, live)) {
      const message = `第${row.number}行（${SERVICES_ZH[row.target.service]}）预览后已有变化：${row.preview?.count ?? 0n} → ${live.count}，请重新预览`;
      throw new Refusal('conflict', 'order.preview_changed', message, { field: `rows[${row.number - 1}]`, rule: 'rules §7.9' });
    }
  }
};

/** The input of a signature beside the order: new previews, and the numbers drawn in the same transaction. */
export interface Signing {
  readonly actor: Actor;
  readonly fresh: Previews;
  readonly documentNo: string;
  readonly epoch: bigint;
  readonly now: Date;
}

/** Signs exactly what was previewed, and opens the fences. Refuses as `checkSign`, and `order.preview_changed`. */
export const decideSign = (order: Order, { actor, fresh, documentNo, epoch, now }: Signing): Decision => {
  checkSign(order, actor, now);
  checkUnmoved(order, fresh);
  const signature = { by: actor.officerId, at: now, documentNo, epoch };
  return quietly({ ...order, state: move(order, 'sign'), signature, fences: isTransfer(order.measures) ? [] : openFences(now) });
};
