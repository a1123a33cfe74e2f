// Cases with their record. A step locks a case, decides, saves and publishes CaseAdvanced for each new entry, all in one
// transaction; `update` does all four. Entries are only added.
import { Refusal } from '@hengji/domain-kit';
import { inOrder, readList } from '@hengji/host';
import { rowsOf } from '@hengji/messaging';
import { placesOf } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { Cases } from '../../../application/cases/ports';
import type { Case, CaseEntry, OrderOfCase } from '../../../domain/cases/case';
import type { Database, Tx } from '../database';
import { CASE_LIST, visibleCases } from '../enforcement-lists';
import type { CaseTasks } from '../tasks/case-tasks';
import { RECUSING, recusedBy } from '../../../domain/cases/particulars/recusal';
import { caseOf, entryColumns, entryOf, lifeColumns, openingColumns, ORDER_OF_CASE, orderOfCase } from './case-columns';

type Publish = (tx: Tx, theCase: Case, entry: CaseEntry) => Promise<void>;

const WITH_ENTRIES = { entries: { orderBy: { number: 'asc' } } } as const;

const load = async (tx: Tx, id: string): Promise<Case> => {
  const stored = await tx.caseFile.findUnique({ where: { id }, include: WITH_ENTRIES });
  if (!stored) throw new Refusal('notFound', 'case.unknown', '没有这个案件', { field: 'case_id' });
  return caseOf(stored);
};

/**
 * First the lock of the institution, as for orders (see order-store), then the case. A signature takes both locks in this
 * sequence, so a step and a signature cannot deadlock.
 */
const lock = async (tx: Tx, id: string): Promise<void> => {
  await rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(institution, 0))::text FROM case_file WHERE id = ${id}`);
  await rowsOf(tx, sql`SELECT id FROM case_file WHERE id = ${id} FOR UPDATE`);
};

const ordersOf = async (tx: Tx, caseId: string): Promise<OrderOfCase[]> =>
  (await tx.order.findMany({ where: { caseId }, select: ORDER_OF_CASE, orderBy: { sequence: 'asc' } })).map(orderOfCase);

const recusedAt: Cases<Tx>['recusedAt'] = async (tx, institution) => {
  const where = { step: { in: [...RECUSING] }, caseFile: { institution } };
  const entries = await tx.caseEntry.findMany({ where });
  return [...recusedBy(entries.map(entryOf))];
};

const listCases =
  (db: Database): Cases<Tx>['list'] =>
  async ({ visible, query }) => {
    const { keys, ...page } = await readList(db, CASE_LIST, query, visibleCases(visible));
    const stored = inOrder(keys, await db.caseFile.findMany({ where: { id: { in: [...keys] } } }), ({ id }) => id);
    const cases = stored.map((one) => caseOf({ ...one, entries: [] }));
    return {
      cases,
      ...page,
      institutions: await placesOf(
        db,
        stored.map(({ institution }) => institution),
      ),
    };
  };

const NO_ENTRIES = { entries: [] } as const;

const append = async (tx: Tx, before: Pick<Case, 'entries'>, { id, entries }: Case): Promise<void> => {
  const data = entries.slice(before.entries.length).map((entry) => entryColumns(id, entry));
  await tx.caseEntry.createMany({ data });
};

/** `publishEntry` writes the event of an entry into the outbox; `tasks` stores who has to act next. */
export const caseStore = (db: Database, publishEntry: Publish, tasks: Pick<CaseTasks, 'keep'>): Cases<Tx> => {
  const save: Cases<Tx>['save'] = async (tx, before, next) => {
    await tx.caseFile.update({ where: { id: next.id }, data: lifeColumns(next), select: { id: true } });
    await append(tx, before, next);
    const taken = next.entries.slice(before.entries.length).map(({ step }) => step);
    await tasks.keep(tx, next, taken);
  };
  const publish: Cases<Tx>['publish'] = async (tx, before, next) => {
    for (const entry of next.entries.slice(before.entries.length)) await publishEntry(tx, next, entry);
  };
  const locked: Cases<Tx>['lock'] = async (tx, id) => {
    await lock(tx, id);
    return { theCase: await load(tx, id), orders: await ordersOf(tx, id) };
  };
  return {
    insert: async (tx, opened) => {
      await tx.caseFile.create({ data: { ...openingColumns(opened), ...lifeColumns(opened) }, select: { id: true } });
      await append(tx, NO_ENTRIES, opened);
      await tasks.keep(tx, opened, []);
      await publish(tx, NO_ENTRIES, opened);
    },
    lock: locked,
    save,
    publish,
    update: async (tx, id, decide) => {
      const { theCase: before, orders } = await locked(tx, id);
      const next = await decide(before, orders);
      if (next === before) return before;
      await save(tx, before, next);
      await publish(tx, before, next);
      return next;
    },
    recusedAt,
    get: (id) => load(db, id),
    ordersOf: (id) => ordersOf(db, id),
    list: listCases(db),
  };
};
