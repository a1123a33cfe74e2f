// A request whose answer is lost: the connection is cut between COMMIT and its answer, or before the COMMIT arrived. A
// repeated request with the same id returns the actual result, and does nothing twice.
import { randomUUID } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import { lossyDatabase, query, type LossyDatabase } from '@hengji/testing';
import { DRAFTER, must, SIGNER, startWorld, type World } from './enforcement';

const institution = (n: number): string => `S00002101${String(n).padStart(4, '0')}`;
const KEPT = 'INSERT INTO messaging.request';

let world: World;
let way: LossyDatabase;
beforeAll(async () => {
  world = await startWorld({}, async (databaseUrl) => {
    way = await lossyDatabase(databaseUrl);
    return way.url;
  });
});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'no failure',
    (failure: unknown) => failure,
  );

const previewed = async (n: number): Promise<string> => {
  const { orderId } = await world.draft(institution(n));
  await world.client().previewOrder({ actor: DRAFTER, orderId });
  return orderId;
};

const sign = async (orderId: string, requestId: string) =>
  must((await world.client().signOrder({ requestId, actor: SIGNER, orderId })).order);

/** The number of orderIssued events about the order in the outbox. */
const issued = async (orderId: string): Promise<number> =>
  (await query(world.url, `SELECT 1 FROM messaging.outbox WHERE order_id = $1 AND type = 'orderIssued'`, [orderId])).length;

describe('a signature whose answer is lost', () => {
  it.each([
    [1, 'between COMMIT and its answer', true],
    [2, 'before the COMMIT arrived', false],
  ])('%s: %s, is returned to its signer on a repeated request', async (n, _, committed) => {
    const orderId = await previewed(n);
    const requestId = randomUUID();
    const before = way.lost();
    way.lose(KEPT, { committed });
    const failure = await failureOf(sign(orderId, requestId));
    expect(failure).toBeInstanceOf(Refusal);
    expect(failure).toMatchObject({ kind: 'unavailable', reason: 'database.unavailable' });
    expect(way.lost() - before).toBe(1);
    const again = await sign(orderId, requestId);
    expect(again.signedBy).toBe(SIGNER.officerId);
    expect(again.documentNo).not.toBe('');
    expect((await sign(orderId, requestId)).documentNo).toBe(again.documentNo);
    expect(await issued(orderId)).toBe(1);
  });

  it('exists once, however many requests come at once, including the request whose answer is lost', async () => {
    const orderId = await previewed(3);
    const requestId = randomUUID();
    way.lose(KEPT, { committed: true });
    await Promise.allSettled([1, 2, 3].map(() => sign(orderId, requestId)));
    const { documentNo } = await sign(orderId, requestId);
    expect((await world.get(orderId)).documentNo).toBe(documentNo);
    expect(await issued(orderId)).toBe(1);
    // Another request finds the order signed.
    expect(await failureOf(sign(orderId, randomUUID()))).toMatchObject({ kind: 'illegalMove' });
  });
});

describe('a repeated request that the current state would refuse', () => {
  it('gets its first answer: a draft, after its case has moved on', async () => {
    const theCase = await world.cases.founded(institution(4));
    const asked = {
      requestId: randomUUID(),
      actor: DRAFTER,
      caseId: theCase.caseId,
      scope: { institution: institution(4) },
      measures: ['CANCEL_RESULTS' as const],
      grounds: ['CERTIFICATES_WITHOUT_EXAM' as const],
      reason: '不考试就发证',
    };
    const first = must((await world.client().draftOrder(asked)).order);
    await world.cases.publish(theCase);
    expect(must((await world.client().draftOrder(asked)).order).orderId).toBe(first.orderId);
    expect(await failureOf(world.client().draftOrder({ ...asked, requestId: randomUUID() }))).toBeInstanceOf(Refusal);
  });
});
