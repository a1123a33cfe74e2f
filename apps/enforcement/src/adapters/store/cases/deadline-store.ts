// Limits that run. Every question goes through an index that holds only what is open (the board) or only what the clock has to
// look at, so a million that are over cost nothing.
import { cursorInvalid } from '@hengji/host';
import type { DeadlinesAsked, DeadlineStore } from '../../../application/deadlines/deadlines';
import { DEADLINE_STATES, isOpen, nextLook, type Deadline } from '../../../domain/deadlines/deadline';
import { type Prisma } from '../../../generated/client';
import type { Database, Tx } from '../database';
import { isInForce } from '../../../domain/liftings';
import { orderOf } from '../order-columns';
import { word } from '../words';
import { takeTurn } from './in-transaction';

type Stored = Omit<Deadline, 'state'> & { readonly state: string; readonly open: boolean; readonly nextLookAt: Date | null };

const deadlineOf = ({ open: _, nextLookAt: __, ...stored }: Stored): Deadline => ({
  ...stored,
  state: word(DEADLINE_STATES, stored.state),
});

const columns = (deadline: Deadline) => ({ ...deadline, open: isOpen(deadline), nextLookAt: nextLook(deadline) });

const CURSOR = /^(\d{1,15})~([\w-]{1,64})$/;

/** The end of the last one shown and its id: the place after which the next page begins. */
const placeOf = (after: string): { at: Date; id: string } | null => {
  if (after === '') return null;
  const [, at = '', id = ''] = CURSOR.exec(after) ?? [];
  if (id === '') throw cursorInvalid();
  return { at: new Date(Number(at)), id };
};

const whereOf = ({ visible, state, caseId, after }: DeadlinesAsked): Prisma.DeadlineWhereInput => {
  const place = placeOf(after);
  return {
    ...(visible.authority === undefined ? {} : { authority: visible.authority }),
    // Only who is of an institution is narrowed to one: limits of a transfer are not theirs (domain/cases/party).
    ...(visible.institution === undefined ? {} : { institution: visible.institution, NOT: { code: { startsWith: 'D-TRANSFER-' } } }),
    ...(state === '' ? { open: true } : { state }),
    ...(caseId === '' ? {} : { caseId }),
    ...(place ? { dueAt: { gte: place.at }, OR: [{ dueAt: { gt: place.at } }, { id: { gt: place.id } }] } : {}),
  };
};

const list =
  (db: Database): DeadlineStore<Tx>['list'] =>
  async (asked) => {
    const stored = await db.deadline.findMany({ where: whereOf(asked), orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], take: asked.limit });
    const last = stored.length < asked.limit ? undefined : stored.at(-1);
    return { deadlines: stored.map(deadlineOf), next: last ? `${last.dueAt.getTime()}~${last.id}` : '' };
  };

export const deadlineStore = (db: Database): DeadlineStore<Tx> => ({
  insert: async (tx, deadline) => {
    await tx.deadline.create({ data: columns(deadline), select: { id: true } });
  },
  save: async (tx, { id, ...deadline }) => {
    await tx.deadline.update({ where: { id }, data: columns({ id, ...deadline }), select: { id: true } });
  },
  unmet: async (tx, { caseId, orderId = '' }, code) => {
    const where = { caseId, orderId, ...(code === undefined ? {} : { code }), state: { in: ['RUNNING', 'NEARING', 'PASSED'] } };
    return (await tx.deadline.findMany({ where, orderBy: { dueAt: 'asc' } })).map(deadlineOf);
  },
  institutionsDue: async (now, limit, except) => {
    const due = await db.$queryRaw<{ institution: string }[]>`
      SELECT institution FROM deadline WHERE next_look_at <= ${now} AND institution <> ALL(${[...except]}::text[]) GROUP BY institution ORDER BY min(next_look_at), institution LIMIT ${limit}`;
    return due.map(({ institution }) => institution);
  },
  lockDue: async (tx, institution, now, limit) => {
    await takeTurn(tx, institution);
    const where = { institution, nextLookAt: { lte: now } };
    return (await tx.deadline.findMany({ where, orderBy: [{ nextLookAt: 'asc' }, { id: 'asc' }], take: limit })).map(deadlineOf);
  },
  lock: async (tx, { id, institution }) => {
    await takeTurn(tx, institution);
    return deadlineOf(await tx.deadline.findUniqueOrThrow({ where: { id } }));
  },
  provisional: async (after, limit) => {
    const where = { provisional: true, nextLookAt: { not: null }, id: { gt: after } };
    return (await db.deadline.findMany({ where, orderBy: { id: 'asc' }, take: limit })).map(deadlineOf);
  },
  list: list(db),
  ofCase: async (tx, caseId) =>
    (await tx.deadline.findMany({ where: { caseId }, orderBy: [{ dueAt: 'asc' }, { id: 'asc' }] })).map(deadlineOf),
  hasRecovery: async (tx, caseId) => {
    const where = { caseId, issuedAt: { not: null }, measures: { has: 'RECOVER_SUBSIDIES' } };
    const orders = await tx.order.findMany({ where, include: { rows: true, fences: true, liftings: { orderBy: { number: 'asc' } } } });
    return orders.map(orderOf).some((order) => isInForce(order, 'RECOVER_SUBSIDIES', order.scope));
  },
});
