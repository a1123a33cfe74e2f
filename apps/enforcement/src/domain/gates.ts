// The gates that people pass: draft, preview, sign, lift. A gate that is missing cannot be signed over: competence, a preview
// that still holds, two different people (rules §7.9). What happens after the signature is in execution.ts.
import { dayOf, Refusal } from '@hengji/domain-kit';
import type { Measure } from './cascade';
import { checkCompetence, type Actor } from './competence';
import { openFences } from './fence';
import { askFirst, openRows, openUndoRows, sameBytes, type Preview, type Previews, type Row } from './ledger';
import { NO_SWEEP, move, quietly, type Decision, type Order, type Violation } from './order';
import { checkMeasures, checkRectifyBy, checkScope, type Scope } from './scope';

export interface DraftAsked {
  readonly id: string;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly measures: readonly Measure[];
  readonly grounds: readonly Violation[];
  readonly reason: string;
  readonly rectifyBy: string;
}

const LONGEST_REASON = 2_000;

/** Everything that can be refused before the institution is known. Refuses as `checkMeasures`, `checkScope`, …, `order.no_ground`, `order.no_reason`. */
export const checkDraft = (asked: DraftAsked, now: Date): void => {
  checkScope(asked.scope);
  checkMeasures(asked.measures, asked.scope);
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

/** Opens the order with its ledger. The institution's name and authority come from its filing. */
export const decideDraft = (asked: DraftAsked, filing: { name: string; authority: string }, now: Date): Order => {
  checkDraft(asked, now);
  checkCompetence(asked.actor, filing.authority);
  const { id, actor, scope, measures, grounds, reason, rectifyBy } = asked;
  return {
    id,
    state: 'DRAFT',
    scope,
    measures,
    grounds: [...new Set(grounds)],
    reason,
    rectifyBy,
    institutionName: filing.name,
    authority: filing.authority,
    draftedBy: actor.officerId,
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
    rows: openRows(measures),
    fences: [],
  };
};

const previewOf = (previews: Previews, row: Row): Preview => {
  const preview = previews.get(row.number);
  if (!preview)
    throw new Refusal('unavailable', 'order.preview_incomplete', `${row.target.service} 未返回第${row.number}行的预览`, { field: 'rows' });
  return preview;
};

/** Refuses whoever may not preview it, before any service is asked. */
export const checkPreview = (order: Order, actor: Actor): void => {
  checkCompetence(actor, order.authority);
  move(order, 'preview');
};

/** Keeps with each row what it would touch; that count is what will be signed. A later preview replaces an earlier one. */
export const decidePreview = (order: Order, actor: Actor, previews: Previews, now: Date): Decision => {
  checkPreview(order, actor);
  const rows = order.rows.map((row) => {
    const preview = previewOf(previews, row);
    return { ...row, preview, signedCount: preview.count };
  });
  return quietly({ ...order, state: move(order, 'preview'), previewedAt: now, rows });
};

/** Refuses whoever may not sign it: not previewed, another's territory, the drafter; a day that has passed meanwhile. */
export const checkSign = (order: Order, actor: Actor, now: Date): void => {
  checkCompetence(actor, order.authority);
  if (order.state === 'DRAFT') throw new Refusal('illegalMove', 'order.not_previewed', '处理决定须先预览再签发', { rule: 'rules §7.9' });
  move(order, 'sign');
  if (actor.officerId === order.draftedBy) {
    throw new Refusal('forbidden', 'order.same_person', '起草人不能签发自己起草的处理决定', {
      field: 'actor.officer_id',
      rule: 'rules §7.9',
    });
  }
  checkRectifyBy(order.measures, order.rectifyBy, dayOf(now));
};

const checkUnmoved = (order: Order, fresh: Previews): void => {
  for (const row of order.rows) {
    const live = previewOf(fresh, row);
    const isSame = row.preview?.count === live.count && sameBytes(row.preview.root, live.root);
    if (!isSame) {
      const message = `第${row.number}行（${row.target.service}）预览后已有变化：${row.preview?.count ?? 0n} → ${live.count}，请重新预览`;
      throw new Refusal('conflict', 'order.preview_changed', message, { field: `rows[${row.number - 1}]`, rule: 'rules §7.9' });
    }
  }
};

/** What signing needs beside the order: previews asked anew, and the numbers drawn in the same transaction. */
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
  return quietly({ ...order, state: move(order, 'sign'), signature, fences: openFences(now) });
};

/** What lifting needs beside the order: the number and the epoch are drawn in the same transaction. */
export interface LiftAsked {
  readonly actor: Actor;
  readonly reason: string;
  readonly documentNo: string;
  readonly epoch: bigint;
  readonly now: Date;
}

/** Refuses whoever may not lift it: `order.illegal_move`, another's territory; and `order.no_reason`. */
export const checkLift = (order: Order, actor: Actor, reason: string): void => {
  checkCompetence(actor, order.authority);
  move(order, 'lift');
  if (reason.trim() === '' || reason.length > LONGEST_REASON) {
    throw new Refusal('invalid', 'order.no_reason', `解除决定应写明理由，不超过${LONGEST_REASON}字`, {
      field: 'reason',
      rule: 'rules §7.9',
    });
  }
};

/** Opens one undo row for each row and asks those that wait for no other. Refuses as `checkLift`. */
export const decideLift = (order: Order, { actor, reason, documentNo, epoch, now }: LiftAsked): Decision => {
  checkLift(order, actor, reason);
  const lifting = { by: actor.officerId, at: now, documentNo, epoch, reason, completedAt: null };
  const rows = [...order.rows, ...askFirst(openUndoRows(order.rows), now)];
  return { next: { ...order, state: move(order, 'lift'), lifting, rows, sweep: NO_SWEEP }, events: [{ kind: 'orderLifted' }] };
};
