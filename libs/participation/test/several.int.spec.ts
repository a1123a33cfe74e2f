// Random histories of several orders in one service. Fences arrive by gRPC. Enforcement's messages arrive by the bus, which keeps their
// order, is late and repeats any of them. Courts suspend orders, other orders replace them, sweeps reopen them, parts are lifted, officers
// change records, and writers try to make new ones. After every step records, claims, holds, rows, the guard's permissions and left records
// equal a model. What an order demands is in force at every instant.
import { createLog, verifier } from '@hengji/host';
import { random, testKeyConfig, testSigner } from '@hengji/testing';
import { execute, type SqlTx, workOneChunk } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { checkGuard } from '../src';
import { participantServer } from '../src/answers/participant-server';
import { onEnforcement } from '../src/on-enforcement';
import { ROW_TASK } from '../src/order-rows';
import { rowTask, type RowWork } from '../src/row-task';
import { EFFECTS, fixture, hearing, type Fixture } from './fixture';
import type { ServiceUnderTest } from './several-decisions';
import { SeveralHistory } from './several-history';

const log = createLog('participation-test', 'silent');

const HISTORIES = 50;
/** Number of histories per test: the time limit applies to one test, however busy the machine is. */
const BLOCK = 5;
const STEPS = 80;
const CHUNK = 3;

/** The service with its real subscription, answers and tasks; each chunk runs when the history says so. */
const serviceOf = ({ db }: Fixture): ServiceUnderTest => {
  const clock = { now: new Date('2026-03-02T02:00:00Z') };
  const now = (): Date => clock.now;
  const config = testKeyConfig('certificate');
  const work: RowWork<SqlTx> = {
    service: 'certificate',
    effects: EFFECTS,
    signer: testSigner('certificate'),
    seals: { verifier: verifier({ trustFile: config.TRUSTED_KEYS_FILE }), acceptUnsealed: false },
    chunkSize: CHUNK,
  };
  const bench = { service: 'certificate', db, kinds: { [ROW_TASK]: rowTask(work) }, log, now };
  return {
    db,
    chunk: CHUNK,
    now,
    tick: () => void (clock.now = new Date(clock.now.getTime() + 1_000)),
    server: participantServer<SqlTx>({
      service: 'certificate',
      db,
      effects: EFFECTS,
      signer: work.signer,
      verifier: work.seals.verifier,
      now,
    }),
    hear: hearing(db, onEnforcement(work), now),
    work: async (taskId) => {
      await execute(
        db,
        sql`UPDATE messaging.task SET run_at = CASE WHEN task_id = ${taskId} THEN '-infinity' ELSE 'infinity' END::timestamptz WHERE state = 'ready'`,
      );
      await workOneChunk(bench);
    },
    permits: (institution, records) =>
      db.$transaction(async (tx) => {
        const permitted: boolean[] = [];
        for (const record of records) {
          const refused = await checkGuard(tx, institution, [record]).then(
            () => false,
            () => true,
          );
          permitted.push(!refused);
        }
        return permitted;
      }),
  };
};

describe('random histories of several orders', () => {
  let own: ServiceUnderTest;
  beforeAll(async () => {
    own = serviceOf(await fixture());
  });

  test.each(Array.from({ length: HISTORIES / BLOCK }, (_, i) => 1 + i * BLOCK))(
    `${BLOCK} of them from seed %i on agree with the model after every step`,
    async (from) => {
      for (let seed = from; seed < from + BLOCK; seed += 1) {
        const history = new SeveralHistory(own, seed, random(seed));
        await history.begin();
        try {
          for (let step = 0; step < STEPS; step += 1) {
            await history.step();
            const { seen, expected } = await history.compared();
            expect(seen).toEqual(expected);
          }
        } catch (failure) {
          throw new Error(`seed ${seed}:\n${history.steps.join('\n')}\n${String(failure)}`, { cause: failure });
        }
      }
    },
  );
});
