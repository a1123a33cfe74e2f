// Rectifications and follow-ups. Evidence and checks are only added; the state changes.
import { takeTurn } from '@hengji/procedure';
import { Refusal } from '@hengji/domain-kit';
import type { FollowUps, Rectifications } from '../../../application/aftermath/ports';
import { FOLLOW_UP_KINDS } from '../../../domain/aftermath/follow-up';
import { RECTIFICATION_STATES, type Rectification } from '../../../domain/aftermath/rectification';
import type { Tx } from '../database';
import { word } from '../words';
import { takeTurnOfCase } from './in-transaction';

const WHOLE = { evidence: { orderBy: { number: 'asc' } }, checks: { orderBy: { at: 'asc' } } } as const;

const load = (tx: Tx, orderId: string) => tx.rectification.findUnique({ where: { orderId }, include: WHOLE });
type Stored = NonNullable<Awaited<ReturnType<typeof load>>>;

const rectificationOf = (stored: Stored): Rectification => ({ ...stored, state: word(RECTIFICATION_STATES, stored.state) });

const find = async (tx: Tx, orderId: string): Promise<Rectification> => {
  const stored = await load(tx, orderId);
  if (!stored) throw new Refusal('notFound', 'rectification.unknown', '该处理决定没有责令整改', { field: 'order_id' });
  return rectificationOf(stored);
};

export const rectificationStore: Rectifications<Tx> = {
  insert: async (tx, { evidence: _, checks: __, ...opened }) => {
    await tx.rectification.create({ data: opened, select: { orderId: true } });
  },
  lock: async (tx, orderId) => {
    await takeTurn(tx, (await find(tx, orderId)).institution);
    return find(tx, orderId);
  },
  find: async (tx, orderId) => {
    const stored = await load(tx, orderId);
    return stored && rectificationOf(stored);
  },
  save: async (tx, before, { orderId, state, closedAt, evidence, checks }) => {
    await tx.rectification.update({ where: { orderId }, data: { state, closedAt }, select: { orderId: true } });
    const known = before.evidence.length;
    const added = evidence.slice(known).map((one, i) => ({
      orderId,
      number: known + i + 1,
      text: one.text,
      attachmentIds: [...one.attachmentIds],
      by: one.by,
      at: one.at,
    }));
    await tx.rectificationEvidence.createMany({ data: added });
    await tx.rectificationCheck.createMany({ data: checks.slice(before.checks.length).map((check) => ({ orderId, ...check })) });
  },
  ofCase: async (tx, caseId) =>
    (await tx.rectification.findMany({ where: { caseId }, orderBy: { openedAt: 'asc' }, include: WHOLE })).map(rectificationOf),
};

const followUpOf = <T extends { kind: string }>(stored: T) => ({ ...stored, kind: word(FOLLOW_UP_KINDS, stored.kind) });

const findFollowUp = async (tx: Tx, orderId: string, kind: string) => {
  const stored = await tx.followUp.findUnique({ where: { orderId_kind: { orderId, kind } } });
  if (!stored) throw new Refusal('notFound', 'follow_up.unknown', '没有这个善后事项', { field: 'kind', rule: FOLLOW_UP_KINDS.join(' | ') });
  return followUpOf(stored);
};

export const followUpStore: FollowUps<Tx> = {
  insert: async (tx, opened) => {
    await tx.followUp.createMany({ data: [...opened] });
  },
  lock: async (tx, orderId, kind) => {
    const { caseId } = await findFollowUp(tx, orderId, kind);
    await takeTurnOfCase(tx, caseId);
    return findFollowUp(tx, orderId, kind);
  },
  save: async (tx, { orderId, kind, note, doneBy, doneAt }) => {
    await tx.followUp.update({ where: { orderId_kind: { orderId, kind } }, data: { note, doneBy, doneAt }, select: { kind: true } });
  },
  cancel: async (tx, orderId) => {
    await tx.followUp.updateMany({ where: { orderId, doneAt: null }, data: { cancelled: true } });
  },
  ofCase: async (tx, caseId) =>
    (await tx.followUp.findMany({ where: { caseId }, orderBy: [{ dueAt: 'asc' }, { orderId: 'asc' }, { kind: 'asc' }] })).map(followUpOf),
};
