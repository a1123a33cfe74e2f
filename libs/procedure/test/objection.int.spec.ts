// The worked example of docs/PROCEDURE.md on a real database: a procedure of a service that has nothing but its tables, its own
// columns and the list of what happens in the transaction of a step.
import { randomUUID } from 'node:crypto';
import { LONG_TRANSACTION, type SqlDb, type SqlTx } from '@hengji/messaging';
import { closeAfterSuite, openDb, query, scratchDatabase } from '@hengji/testing';
import { decide, drawNumber, fileStore, issue, keepLimits, limits, limitStore, only, runStep, serve } from '../src/index';
import { counterOf, readSteps, withDocument } from '../src/tables';
import { LIMITS } from './counting';
import {
  asked,
  filed,
  OBJECTION,
  officer,
  party,
  type Objection,
  type ObjectionState,
  type ObjectionStep,
  type ObjectionTerms,
  type Person,
} from './objection';

const NOW = new Date('2026-11-23T02:00:00Z');

/** The columns of the service's own business, and its papers. */
const OWN_TABLES = `
  CREATE TABLE objection (id text PRIMARY KEY, paused boolean NOT NULL, outcome text NOT NULL);
  CREATE TABLE paper (id text PRIMARY KEY, file_id text NOT NULL, number text NOT NULL, served_to text NOT NULL DEFAULT '')`;

const files = fileStore<SqlTx>('objection', { noun: 'objection', called: '这份异议' });

const load = async (tx: SqlTx, file: Awaited<ReturnType<typeof files.get>>): Promise<Objection> => {
  const [own] = await tx.$queryRawUnsafe<{ paused: boolean; outcome: string }[]>(
    'SELECT paused, outcome FROM objection WHERE id = $1',
    file.id,
  );
  return { ...file, ...own, state: file.state as ObjectionState } as Objection;
};

const save = async (tx: SqlTx, { id, paused, outcome }: Objection): Promise<void> => {
  await tx.$executeRawUnsafe(
    `INSERT INTO objection (id, paused, outcome) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO UPDATE SET paused = excluded.paused, outcome = excluded.outcome`,
    ...[id, paused, outcome],
  );
};

const print = async (tx: SqlTx, file: Objection): Promise<Objection> => {
  const id = randomUUID();
  const number = await drawNumber(tx, counterOf('objection', file.authority, NOW));
  await tx.$executeRawUnsafe('INSERT INTO paper (id, file_id, number) VALUES ($1, $2, $3)', id, file.id, `异〔2026〕${number}号`);
  return withDocument(file, id);
};

/** What a service's compose.ts would hold: the whole of a step, as one list. */
const objections = (db: SqlDb) => {
  const store = limitStore<SqlTx>(db, LIMITS);
  const of = limits<SqlTx>({ store, table: LIMITS, newId: randomUUID });
  const isOver = ({ state }: Objection): boolean => state === 'REPLIED' || state === 'WITHDRAWN';
  const run = runStep<SqlTx, ObjectionTerms>({
    lock: async (tx, id) => ({ file: await load(tx, await files.lock(tx, id)), around: { now: NOW } }),
    stages: [
      decide(OBJECTION),
      issue(OBJECTION, ({ tx, file }) => print(tx, file)),
      serve(OBJECTION, async ({ tx }, id, { receiver }) => {
        await tx.$executeRawUnsafe('UPDATE paper SET served_to = $2 WHERE id = $1', id, receiver);
      }),
      keepLimits(OBJECTION, { limits: of, isOver }),
      only(({ tx, before, file }) => files.save(tx, before, file, NOW)),
      only(({ tx, file }) => save(tx, file)),
    ],
  });
  return { store, of, run };
};

const stage = async () => {
  const { url } = await scratchDatabase();
  await query(url, OWN_TABLES);
  const { db, close } = openDb(url);
  closeAfterSuite(close);
  const { store, of, run } = objections(db);
  const transaction = <R>(work: (tx: SqlTx) => Promise<R>): Promise<R> => db.$transaction(work, LONG_TRANSACTION);
  const open = async (): Promise<string> => {
    const file = filed(randomUUID(), NOW);
    await transaction(async (tx) => {
      await files.open(tx, { ...file, subject: 'score-1' }, NOW);
      await save(tx, file);
      await of.start(tx, 'D-OBJ-ACCEPT', { fileId: file.id, institution: file.institution, authority: file.authority, startedAt: NOW });
    });
    return file.id;
  };
  const take = (id: string, step: ObjectionStep, actor: Person, change = {}) =>
    transaction((tx) => run(tx, id, asked(step, actor, change)));
  const read = async (id: string) => load(db, await files.get(db, id));
  const states = async (id: string) => (await store.ofFile(db, id)).map(({ code, state }) => `${code} ${state}`).sort();
  return { url, db, open, take, read, states };
};

it('goes from its filing to the reply that was served, by two officers, with its limits', async () => {
  const { url, open, take, read, states } = await stage();
  const id = await open();
  await take(id, 'ACCEPT', officer('a'));
  expect(await states(id)).toEqual(['D-OBJ-ACCEPT MET', 'D-OBJ-DECIDE RUNNING']);
  await take(id, 'HEAR', officer('a'));
  await take(id, 'DECIDE', officer('b'), { text: '维持原分数' });
  await take(id, 'REPLY', officer('a'));
  const file = await read(id);
  expect(file).toMatchObject({ state: 'REPLIED', outcome: '维持原分数', authority: '2101', institution: 'I-1' });
  expect(file.entries.map(({ number, step, by }) => `${number} ${step} ${by}`)).toEqual([
    ...['1 FILE p', '2 ACCEPT a', '3 HEAR a', '4 DECIDE b', '5 REPLY a'],
  ]);
  expect(await states(id)).toEqual(['D-OBJ-ACCEPT MET', 'D-OBJ-DECIDE MET']);
  expect(await query(url, 'SELECT id, number, served_to FROM paper')).toEqual([
    { id: file.entries[3]?.documentIds[0], number: '异〔2026〕1号', served_to: '张三' },
  ]);
  expect(await query(url, 'SELECT kind, subject, state, version FROM procedure.file')).toEqual([
    { kind: 'objection', subject: 'score-1', state: 'REPLIED', version: 5 },
  ]);
});

it('says beforehand what the step is refused for, and a step that is refused leaves nothing behind', async () => {
  const { url, open, take, read, states } = await stage();
  const id = await open();
  await take(id, 'ACCEPT', officer('a'));
  const { obstacles } = readSteps(OBJECTION, { file: await read(id), actor: officer('a'), person: 'a', around: { now: NOW } });
  expect(obstacles.filter(({ step }) => step === 'DECIDE').map(({ reason }) => reason)).toEqual([
    'objection.same_person',
    'objection.not_heard',
  ]);
  await expect(take(id, 'DECIDE', officer('a'))).rejects.toMatchObject({ reason: 'objection.same_person' });
  await expect(take(id, 'DECIDE', officer('b'))).rejects.toMatchObject({ reason: 'objection.not_heard' });
  await expect(take(randomUUID(), 'ACCEPT', officer('a'))).rejects.toMatchObject({ reason: 'objection.unknown' });
  expect(await query(url, 'SELECT id FROM paper')).toEqual([]);
  expect(await states(id)).toEqual(['D-OBJ-ACCEPT MET', 'D-OBJ-DECIDE RUNNING']);
  expect((await read(id)).entries).toHaveLength(2);
});

it('is taken once by one of two officers who act at the same time', async () => {
  const { open, take, read } = await stage();
  const id = await open();
  const both = await Promise.allSettled([take(id, 'ACCEPT', officer('a')), take(id, 'ACCEPT', officer('b'))]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'objection.illegal_move' } });
  expect((await read(id)).entries).toHaveLength(2);
});

it('that is withdrawn owes nothing any more, and its record cannot be changed', async () => {
  const { url, open, take, states } = await stage();
  const id = await open();
  await take(id, 'WITHDRAW', party('p'), { text: '' });
  expect(await states(id)).toEqual(['D-OBJ-ACCEPT CANCELLED']);
  await expect(query(url, `UPDATE procedure.entry SET text = 'x'`)).rejects.toMatchObject({ code: 'HJ001' });
  await expect(query(url, 'DELETE FROM procedure.entry')).rejects.toMatchObject({ code: 'HJ001' });
});
