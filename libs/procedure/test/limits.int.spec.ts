// Limits on a real database: one of a code at a time, marked and announced once by two concurrent clocks, listed page by page.
import { randomUUID } from 'node:crypto';
import { LONG_TRANSACTION, type SqlTx } from '@hengji/messaging';
import { closeAfterSuite, openDb, scratchDatabase } from '@hengji/testing';
import { announceLimits, drawNumber, limits, limitStore } from '../src/index';
import { counterOf } from '../src/tables';
import { LIMITS } from './counting';

const NOW = new Date('2025-11-24T02:00:00Z');
const LATER = new Date('2026-06-01T02:00:00Z');

const stage = async () => {
  const { url } = await scratchDatabase();
  const { db, close } = openDb(url);
  closeAfterSuite(close);
  const store = limitStore<SqlTx>(db, LIMITS);
  const of = limits<SqlTx>({ store, table: LIMITS, newId: randomUUID });
  const run = <R>(work: (tx: SqlTx) => Promise<R>): Promise<R> => db.$transaction(work, LONG_TRANSACTION);
  const start = (code: string, fileId = 'f1', institution = 'I-1') =>
    run((tx) => of.start(tx, code, { fileId, institution, authority: '2101', startedAt: NOW }));
  const states = async (fileId = 'f1'): Promise<string[]> =>
    (await store.ofFile(db, fileId)).map(({ code, state }) => `${code} ${state}`).sort();
  return { db, store, of, run, start, states };
};

it('starts one of a code at a time, and is read as it was started', async () => {
  const { db, store, start, states } = await stage();
  await start('D-OBJ-DECIDE');
  await start('D-OBJ-DECIDE');
  expect(await states()).toEqual(['D-OBJ-DECIDE CANCELLED', 'D-OBJ-DECIDE RUNNING']);
  expect((await store.ofFile(db, 'f1')).find(({ state }) => state === 'RUNNING')).toEqual({
    ...{ id: expect.any(String), code: 'D-OBJ-DECIDE', institution: 'I-1', fileId: 'f1', about: '', authority: '2101', startedAt: NOW },
    ...{ dueAt: new Date('2025-12-08T15:59:59.999Z'), nearingAt: new Date('2025-12-03T15:59:59.999Z'), provisional: false },
    ...{ state: 'RUNNING', metAt: null, extendedFrom: null, suspendedAt: null, stops: [], amountVersion: '', endNamed: false },
  });
});

it('is met, extended, suspended, resumed and cancelled together with its file', async () => {
  const { db, store, of, run, start, states } = await stage();
  for (const code of ['D-OBJ-ACCEPT', 'D-OBJ-DECIDE', 'D-OBJ-SUE']) await start(code);
  await run((tx) => of.meet(tx, 'D-OBJ-ACCEPT', { fileId: 'f1' }, NOW));
  await run((tx) => of.extend(tx, 'D-OBJ-DECIDE', { fileId: 'f1' }, NOW));
  await run((tx) => of.suspend(tx, { fileId: 'f1' }, NOW));
  expect(await states()).toEqual(['D-OBJ-ACCEPT MET', 'D-OBJ-DECIDE SUSPENDED', 'D-OBJ-SUE SUSPENDED']);
  await run((tx) => of.resume(tx, { fileId: 'f1' }, NOW));
  expect((await store.ofFile(db, 'f1')).map(({ stops }) => stops)).toContainEqual([[NOW, NOW]]);
  await run((tx) => of.cancel(tx, { fileId: 'f1' }, NOW));
  expect(await states()).toEqual(['D-OBJ-ACCEPT MET', 'D-OBJ-DECIDE CANCELLED', 'D-OBJ-SUE RUNNING']);
});

it('is announced once when it nears its end and once when it has passed, whichever clock is first', async () => {
  const { store, run, start, states } = await stage();
  await start('D-OBJ-DECIDE');
  await start('D-OBJ-SUE', 'f2', 'I-2');
  const told: string[] = [];
  const look = (now: Date) =>
    announceLimits<SqlTx>({
      ...{ store, table: LIMITS, transactions: { run }, now: () => now },
      publish: async (_, { code, state }) => void told.push(`${code} ${state}`),
      followPassed: async (_, { code }) => void told.push(`after ${code}`),
      onTrouble: (failure) => {
        throw failure;
      },
    })();
  const near = new Date('2025-12-04T02:00:00Z');
  await Promise.all([look(near), look(near)]);
  expect(told).toEqual(['D-OBJ-DECIDE NEARING']);
  await Promise.all([look(LATER), look(LATER)]);
  expect(told.sort()).toEqual([
    ...['D-OBJ-DECIDE NEARING', 'D-OBJ-DECIDE PASSED', 'D-OBJ-SUE PASSED', 'after D-OBJ-DECIDE', 'after D-OBJ-SUE'],
  ]);
  expect(await states()).toEqual(['D-OBJ-DECIDE PASSED']);
});

it('draws numbers without a gap: a rolled-back number is drawn again, per series, authority and year', async () => {
  const { run } = await stage();
  const draw = (series: string) => run((tx) => drawNumber(tx, counterOf(series, '2101', NOW)));
  expect(await draw('case')).toBe(1);
  const undone = run(async (tx) => {
    await drawNumber(tx, counterOf('case', '2101', NOW));
    throw new Error('refused');
  });
  await expect(undone).rejects.toThrow('refused');
  expect((await Promise.all(Array.from({ length: 5 }, () => draw('case')))).sort()).toEqual([2, 3, 4, 5, 6]);
  // Concurrent: each draw waits for the end of the one before, and takes its number if it was rolled back.
  const twenty = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) =>
      run(async (tx) => {
        const drawn = await drawNumber(tx, counterOf('case', '2101', NOW));
        if (i % 4 === 0) throw new Error('refused');
        return drawn;
      }),
    ),
  );
  const committed = twenty.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(committed.sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, i) => 7 + i));
  expect(await draw('notice')).toBe(1);
  expect(counterOf('case', '2101', new Date('2026-12-31T16:00:00Z')).year).toBe(2027);
});
