// The registers of reconsiderations and suits: rows of `remedy` with their record, whose entries are only added; their list, and the
// tasks that their table derives.
import { randomUUID } from 'node:crypto';
import type { Day } from '@hengji/domain-kit';
import { Refusal } from '@hengji/domain-kit';
import { LISTS } from '@hengji/contracts/lists';
import { contains, inOrder, readList, type ListSource } from '@hengji/host';
import { institutionsLike, placesOf } from '@hengji/participation';
import { keepTasks, reachSql, takeTurn } from '@hengji/procedure';
import { tasksOf } from '@hengji/procedure/tables';
import sql from 'sql-template-tag';
import type { Remedies } from '../../../application/remedies/ports';
import { MEASURES } from '../../../domain/cascade';
import { KIND_TITLES, REMEDY_KINDS, REMEDY_RESULTS, REMEDY_STATES, REMEDY_STEPS, type Remedy } from '../../../domain/remedies/remedy';
import { REMEDY } from '../../../domain/remedies/steps';
import type { Scope } from '../../../domain/scope';
import { Prisma } from '../../../generated/client';
import type { Database, Tx } from '../database';
import { word, words } from '../words';

const ENTRIES = { entries: { orderBy: { number: 'asc' } } } as const;

const find = (tx: Tx, where: { id: string }) => tx.remedy.findUnique({ where, include: ENTRIES });
type Stored = NonNullable<Awaited<ReturnType<typeof find>>>;

const resultOf = (stored: Stored): Remedy['result'] => {
  const { result, resultOn, resultNo, resultServedOn, resultText, resultMeasures, resultScope } = stored;
  if (result === null || resultOn === null) return null;
  return {
    word: word(REMEDY_RESULTS, result),
    ...{ on: resultOn as Day, documentNo: resultNo ?? '', servedOn: (resultServedOn ?? resultOn) as Day, text: resultText ?? '' },
    measures: words(MEASURES, resultMeasures),
    scope: resultScope as Scope | null,
  };
};

const remedyOf = (stored: Stored, followedBy: string): Remedy => {
  const { id, institution, authority, caseId, orderId, against, follows, applicant, body, bodyNo, openedAt } = stored;
  return {
    ...{ id, institution, authority, caseId, orderId, against, follows, followedBy, applicant, body, bodyNo, openedAt },
    kind: word(REMEDY_KINDS, stored.kind),
    receivedOn: stored.receivedOn as Day,
    state: word(REMEDY_STATES, stored.state),
    ...{ stayed: stored.stayed, stayApplied: stored.stayApplied, settled: stored.settled },
    result: resultOf(stored),
    entries: stored.entries.map(({ remedyId: _, ...entry }) => ({
      ...entry,
      ...{ step: word(REMEDY_STEPS, entry.step), day: entry.day as Day, documentIds: [] },
    })),
  };
};

const followersOf = async (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> => {
  const found = await tx.remedy.findMany({ where: { follows: { in: [...ids] } }, select: { id: true, follows: true } });
  return new Map(found.map(({ id, follows }) => [follows, id]));
};

const all = async (tx: Tx, stored: readonly Stored[]): Promise<Remedy[]> => {
  const followers = await followersOf(
    tx,
    stored.map(({ id }) => id),
  );
  return stored.map((one) => remedyOf(one, followers.get(one.id) ?? ''));
};

const get = async (tx: Tx, id: string): Promise<Remedy> => {
  const stored = await find(tx, { id });
  const [found] = await all(tx, stored ? [stored] : []);
  if (!found) throw new Refusal('notFound', 'remedy.unknown', '没有这件复议、诉讼', { field: 'remedy_id' });
  return found;
};

/** The columns that steps change. */
const lifeColumns = ({ state, stayed, stayApplied, settled, result }: Remedy) => ({
  ...{ state, stayed, stayApplied, settled },
  result: result?.word ?? null,
  resultOn: result?.on ?? null,
  resultNo: result?.documentNo ?? null,
  resultServedOn: result?.servedOn ?? null,
  resultText: result?.text ?? null,
  resultMeasures: [...(result?.measures ?? [])],
  resultScope: result?.scope
    ? { ...result.scope, occupationLevels: result.scope.occupationLevels.map((one) => ({ ...one })) }
    : Prisma.DbNull,
});

const append = async (tx: Tx, before: Pick<Remedy, 'entries'>, { id, entries }: Remedy): Promise<void> => {
  const data = entries
    .slice(before.entries.length)
    .map(({ documentIds: _, attachmentIds, ...entry }) => ({ ...entry, remedyId: id, attachmentIds: [...attachmentIds] }));
  await tx.remedyEntry.createMany({ data });
};

/** The tasks are due by the limits of the remedy, which belong to the file of its case. */
const keep = async (tx: Tx, remedy: Remedy, known: number, now: Date): Promise<void> => {
  const { id, kind, body, bodyNo, caseId, entries } = remedy;
  await keepTasks(tx, {
    ...{ kind: 'remedy', file: remedy, version: entries.length, about: `${KIND_TITLES[kind]} ${body} ${bodyNo}`, now, newId: randomUUID },
    taken: entries.slice(known).map(({ step }) => step),
    limitsOf: { fileId: caseId, about: id },
    waiting: tasksOf(REMEDY, remedy, { now, order: null }),
  });
};

/** Alias r. */
const REMEDY_LIST: ListSource<typeof LISTS.remedies> = {
  spec: LISTS.remedies,
  from: sql`remedy AS r`,
  columns: {
    sequence: { sql: sql`r.sequence` },
    remedyId: { sql: sql`r.id` },
    kind: { sql: sql`r.kind` },
    bodyNo: { sql: sql`r.body_no` },
    body: { sql: sql`r.body` },
    applicant: { sql: sql`r.applicant` },
    institution: { sql: sql`r.institution` },
    against: { sql: sql`r.against` },
    receivedOn: { sql: sql`r.received_on` },
    state: { sql: sql`r.state` },
    stayed: { sql: sql`r.stayed` },
    result: { sql: sql`r.result`, nullable: true },
    resultOn: { sql: sql`r.result_on`, nullable: true },
    authority: { sql: sql`r.authority` },
    caseId: { sql: sql`r.case_id` },
    orderId: { sql: sql`r.order_id` },
  },
  search: async (text, db) => ({
    rows: [contains(sql`r.applicant`, text), contains(sql`r.body`, text), contains(sql`r.body_no`, text)],
    institutions: await institutionsLike(db, sql`r.institution`, text),
  }),
};

export const remedyStore = (db: Database, now: () => Date): Remedies<Tx> => ({
  insert: async (tx, remedy) => {
    const { followedBy: _, entries: __, result: ___, ...opened } = remedy;
    await tx.remedy.create({ data: { ...opened, ...lifeColumns(remedy) }, select: { id: true } });
    await append(tx, { entries: [] }, remedy);
    await keep(tx, remedy, 0, now());
    // What the result of the remedy before would take back gives way to this one.
    if (remedy.follows !== '') {
      const before = await get(tx, remedy.follows);
      await keep(tx, before, before.entries.length, now());
    }
  },
  lock: async (tx, id) => {
    await takeTurn(tx, (await get(tx, id)).institution);
    return get(tx, id);
  },
  save: async (tx, before, next) => {
    await tx.remedy.update({ where: { id: next.id }, data: lifeColumns(next), select: { id: true } });
    await append(tx, before, next);
    await keep(tx, next, before.entries.length, now());
  },
  get: (id) => get(db, id),
  ofCase: async (tx, caseId) => all(tx, await tx.remedy.findMany({ where: { caseId }, orderBy: { sequence: 'asc' }, include: ENTRIES })),
  list: async ({ visible, query }) => {
    const shown = reachSql(visible, { authority: sql`r.authority`, institution: sql`r.institution` });
    const { keys, ...page } = await readList(db, REMEDY_LIST, query, shown);
    const stored = inOrder(keys, await db.remedy.findMany({ where: { id: { in: [...keys] } } }), ({ id }) => id);
    const remedies = await all(
      db,
      stored.map((one) => ({ ...one, entries: [] })),
    );
    return {
      remedies,
      ...page,
      institutions: await placesOf(
        db,
        stored.map(({ institution }) => institution),
      ),
    };
  },
});
