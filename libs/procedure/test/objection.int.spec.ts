// The worked example of docs/PROCEDURE.md on a real database. The service of the procedure has only its tables, its own columns and the
// list of stages in the transaction of a step.
import { randomUUID } from 'node:crypto';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { renderPdf } from '@hengji/documents';
import { execute, LONG_TRANSACTION, rowsOf, type SqlDb, type SqlTx } from '@hengji/messaging';
import { closeAfterSuite, openDb, pdfText, query, scratchDatabase, testSigner } from '@hengji/testing';
import sql from 'sql-template-tag';
import {
  decide,
  deriveTasks,
  documents,
  documentServer,
  documentStore,
  fileStore,
  issue,
  keepLimits,
  limits,
  limitStore,
  makeOwed,
  only,
  owe,
  press,
  runStep,
  serve,
} from '../src/index';
import { readSteps } from '../src/tables';
import { giveTask, listTasks } from '../src/tasks/task-store';
import { LIMITS } from './counting';
import {
  asked,
  delivery,
  filed,
  OBJECTION,
  officer,
  PAPERS,
  party,
  type Objection,
  type ObjectionState,
  type ObjectionStep,
  type ObjectionTerms,
  type Person,
} from './objection';

const CALL = { caller: 'gateway' } as Parameters<ReturnType<typeof documentServer>['getDocument']>[1];
const NOW = new Date('2026-11-23T02:00:00Z');

const READER = { officerId: 'a', name: '甲', role: 'CITY_OFFICER', authority: '2101', institution: '' };

/** The service's own business columns. */
const OWN_TABLE = 'CREATE TABLE objection (id text PRIMARY KEY, paused boolean NOT NULL, outcome text NOT NULL)';

const files = fileStore<SqlTx>('objection', { noun: 'objection', called: '这份异议' });

const load = async (tx: SqlTx, file: Awaited<ReturnType<typeof files.get>>): Promise<Objection> => {
  const [own] = await rowsOf<{ paused: boolean; outcome: string }>(tx, sql`SELECT paused, outcome FROM objection WHERE id = ${file.id}`);
  return { ...file, ...own, state: file.state as ObjectionState } as Objection;
};

const save = async (tx: SqlTx, { id, paused, outcome }: Objection): Promise<void> => {
  await execute(
    tx,
    sql`INSERT INTO objection (id, paused, outcome) VALUES (${id}, ${paused}, ${outcome})
     ON CONFLICT (id) DO UPDATE SET paused = excluded.paused, outcome = excluded.outcome`,
  );
};

/** What a service's compose.ts would contain: the whole step as one list. */
const objections = (db: SqlDb) => {
  const store = limitStore<SqlTx>(db, LIMITS);
  const of = limits<SqlTx>({ store, table: LIMITS, newId: randomUUID });
  const papers = documents<SqlTx, ObjectionTerms>({
    ...{ procedure: OBJECTION, table: PAPERS, store: documentStore('objection'), counting: LIMITS.counting, newId: randomUUID },
    press: press({ render: renderPdf, signer: testSigner('exam') }),
    factsOf: async () => ({}),
  });
  const isOver = ({ state }: Objection): boolean => state === 'REPLIED' || state === 'WITHDRAWN';
  const run = runStep<SqlTx, ObjectionTerms>({
    lock: async (tx, id) => ({ file: await load(tx, await files.lock(tx, id)), around: { now: NOW } }),
    stages: [
      decide(OBJECTION),
      issue(OBJECTION, papers),
      serve(OBJECTION, papers),
      keepLimits(OBJECTION, { limits: of, isOver }),
      only(({ tx, before, file }) => files.save(tx, before, file, NOW)),
      only(({ tx, file }) => save(tx, file)),
      deriveTasks(OBJECTION, { kind: 'objection', aboutOf: ({ id }) => `异议 ${id}`, newId: randomUUID }),
    ],
  });
  return { store, of, papers, run };
};

const stage = async () => {
  const { url } = await scratchDatabase();
  await query(url, OWN_TABLE);
  const { db, close } = openDb(url);
  closeAfterSuite(close);
  const { store, of, papers, run } = objections(db);
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
  const tasks = async (id: string) =>
    (await listTasks(db, READER, { view: 'ALL', after: '', limit: 50 })).tasks.filter(({ fileId }) => fileId === id);
  return { url, db, papers, transaction, open, take, read, states, tasks };
};

it('runs from its filing to the served reply, by two officers, with its limits', async () => {
  const { url, db, open, take, read, states } = await stage();
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
  const [answer, receipt] = await documentStore('objection').ofFile(db, id);
  expect(answer).toMatchObject({
    ...{ id: file.entries[3]?.documentIds[0], kind: 'ANSWER', number: '沈人社鉴复〔2026〕1号', title: '关于I-1的异议答复书' },
    delivery: { mode: 'IN_PERSON', receiver: '张三', servedAt: NOW, receiptDocumentId: receipt?.id },
  });
  expect(receipt).toMatchObject({ kind: 'SERVICE_RECEIPT', number: '沈人社鉴证〔2026〕1号', which: answer?.id, delivery: null });
  expect(await query(url, 'SELECT kind, subject, state, version FROM procedure.file')).toEqual([
    { kind: 'objection', subject: 'score-1', state: 'REPLIED', version: 5 },
  ]);
});

it('creates tasks for the officers by its rows, and each task is done with its step', async () => {
  const { url, open, take, tasks, read, db } = await stage();
  const id = await open();
  await take(id, 'ACCEPT', officer('a'));
  const dueAt = new Date('2026-12-07T15:59:59.999Z');
  const [hear, ...more] = await tasks(id);
  expect([hear, more]).toMatchObject([
    { fileKind: 'objection', step: 'HEAR', title: '调查核实', about: `异议 ${id}`, role: 'officer', authority: '2101', dueAt },
    [],
  ]);
  await giveTask(db, hear?.id ?? '', { id: 'a', name: '甲' }, 'a');
  await take(id, 'HEAR', officer('a'));
  expect((await tasks(id)).map(({ step, assignee }) => [step, assignee])).toEqual([['DECIDE', '']]);
  await take(id, 'PAUSE', officer('a'));
  expect((await tasks(id)).map(({ step }) => step)).toEqual(['GO_ON']);
  await expect(take(id, 'ACCEPT', officer('a'))).rejects.toMatchObject({ reason: 'objection.suspended' });
  await take(id, 'GO_ON', officer('a'));
  await take(id, 'DECIDE', officer('b'), { text: '维持原分数' });
  await take(id, 'REPLY', officer('a'));
  expect(await tasks(id)).toEqual([]);
  const kept = await query<{ step: string; done: boolean }>(
    url,
    'SELECT step, done_at IS NOT NULL AS done FROM procedure.task ORDER BY version, step',
  );
  expect(kept).toEqual(['HEAR', 'DECIDE', 'GO_ON', 'DECIDE', 'REPLY'].map((step) => ({ step, done: true })));
  expect((await read(id)).state).toBe('REPLIED');
});

it('returns beforehand why a step is refused, and a refused step leaves no changes', async () => {
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
  expect(await query(url, 'SELECT id FROM procedure.document UNION ALL SELECT series FROM procedure.number')).toEqual([]);
  expect(await states(id)).toEqual(['D-OBJ-ACCEPT MET', 'D-OBJ-DECIDE RUNNING']);
  expect((await read(id)).entries).toHaveLength(2);
});

it('takes a step once when two officers act at the same time', async () => {
  const { open, take, read } = await stage();
  const id = await open();
  const both = await Promise.allSettled([take(id, 'ACCEPT', officer('a')), take(id, 'ACCEPT', officer('b'))]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'objection.illegal_move' } });
  expect((await read(id)).entries).toHaveLength(2);
});

it('owes nothing after its withdrawal, and its record cannot be changed', async () => {
  const { url, open, take, states } = await stage();
  const id = await open();
  await take(id, 'WITHDRAW', party('p'), { text: '' });
  expect(await states(id)).toEqual(['D-OBJ-ACCEPT CANCELLED']);
  await expect(query(url, `UPDATE procedure.entry SET text = 'x'`)).rejects.toMatchObject({ code: 'HJ001' });
  await expect(query(url, 'DELETE FROM procedure.entry')).rejects.toMatchObject({ code: 'HJ001' });
});

describe('its documents', () => {
  const decided = async () => {
    const world = await stage();
    const id = await world.open();
    await world.take(id, 'ACCEPT', officer('a'));
    await world.take(id, 'HEAR', officer('a'));
    await world.take(id, 'DECIDE', officer('b'), { text: '维持原分数' });
    return { ...world, id };
  };

  it('are printed with number, facts and hash, listed and read by the people whom the procedure permits, and never changed', async () => {
    const { url, db, id } = await decided();
    const server = documentServer(db, {
      objection: {
        store: documentStore('objection'),
        readableTo:
          async ({ institution }) =>
          (document) =>
            institution === '' || document.delivery !== null,
      },
    });
    const actor = Actor.fromPartial({ officerId: 'b', role: 'CITY_OFFICER' });
    const listed = await server.listDocuments({ actor, fileKind: 'objection', fileId: id }, CALL);
    const [answer] = listed.documents ?? [];
    expect(answer).toMatchObject({ kind: 'ANSWER', fileKind: 'objection', version: 1, issuedBy: 'b', delivery: undefined });
    const documentId = answer?.documentId ?? '';
    const { pdf } = await server.getDocument({ actor, fileKind: 'objection', documentId }, CALL);
    const text = pdfText(Buffer.from(pdf ?? []));
    for (const part of ['沈人社鉴复〔2026〕1号', '沈阳市人力资源和社会保障局', '一、异议', '分数有误', '维持原分数', '六十日内'])
      expect(text).toContain(part);
    const institution = { ...actor, institution: 'I-1' };
    expect(await server.listDocuments({ actor: institution, fileKind: 'objection', fileId: id }, CALL)).toEqual({ documents: [] });
    const refused = (asked: object) => server.getDocument({ actor, fileKind: 'objection', documentId, ...asked }, CALL);
    await expect(refused({ actor: institution })).rejects.toMatchObject({ reason: 'document.not_yours' });
    await expect(refused({ documentId: 'x' })).rejects.toMatchObject({ reason: 'document.unknown' });
    await expect(refused({ fileKind: 'case' })).rejects.toMatchObject({ reason: 'document.file_kind_unknown' });
    for (const change of [`UPDATE procedure.document SET title = ''`, 'DELETE FROM procedure.document', 'TRUNCATE procedure.delivery'])
      await expect(query(url, change)).rejects.toMatchObject({ code: 'HJ001' });
  });

  it('are served once, and their proof of service is not served', async () => {
    const { db, papers, transaction, take, read, id } = await decided();
    await take(id, 'REPLY', officer('a'));
    const [answer, receipt] = await documentStore('objection').ofFile(db, id);
    const file = await read(id);
    const serve = (documentId = '', receiver = '张三') =>
      transaction((tx) => papers.serve(tx, file, documentId, { delivery: { ...delivery, receiver }, attachments: [], by: 'a', now: NOW }));
    await expect(serve(answer?.id)).rejects.toMatchObject({ reason: 'document.served' });
    await expect(serve(receipt?.id)).rejects.toMatchObject({ reason: 'document.not_servable' });
    await expect(serve(answer?.id, ' ')).rejects.toMatchObject({ reason: 'document.receiver_missing' });
  });

  it('are created once if they are required; one that cannot be created is postponed with the reason', async () => {
    const { db, papers, transaction, read, open, id } = await decided();
    const other = await open();
    const owed = (fileId: string) => ({ fileId, about: '', kind: 'ANSWER' as const, which: 'again', by: 'b' });
    for (const fileId of [id, id, other]) await transaction((tx) => owe('objection')(tx, owed(fileId), NOW));
    const troubles: string[] = [];
    let now = NOW;
    let isBroken = true;
    const make = makeOwed<SqlTx, ObjectionTerms>({
      ...{ fileKind: 'objection', db, transactions: { run: transaction }, documents: papers, now: () => now },
      findFile: async (_, fileId) => {
        if (isBroken && fileId === other) throw new Error('no paper');
        return read(fileId);
      },
      onTrouble: (_, what) => troubles.push(what),
    });
    const made = async (fileId: string) => (await documentStore('objection').ofFile(db, fileId)).map(({ which }) => which);
    await Promise.all([make(), make()]);
    await make();
    expect([await made(id), await made(other)]).toEqual([['', 'again'], []]);
    expect(new Set(troubles)).toEqual(new Set([`document ANSWER of file ${other}`]));
    isBroken = false;
    now = new Date(NOW.getTime() + 60_000);
    await make();
    expect(await made(other)).toEqual(['again']);
  });
});
