// People sign orders while PostgreSQL is paused (SIGSTOP: no answer, no closed connection), each at another moment of the
// request. A signer may get 503. A signer who then repeats the request with the same request id gets a true answer: signed
// once.
import { randomUUID } from 'node:crypto';
import { query, until } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';
import { holdSignatures } from './faults/hold-signatures';
import { type OrderJson, orderReaches, type Running } from './running-platform';

/** One order for each moment; requests in flight are wherever the pause caught them. */
export const MOMENTS = ['before its write', 'in its commit', 'after its commit', 'on its way', 'not yet sent', 'sent later'] as const;
type Moment = (typeof MOMENTS)[number];

interface Signature {
  readonly moment: Moment;
  readonly orderId: string;
  readonly requestId: string;
  /** The order that was signed, or the answer that the signer got instead. */
  told: Promise<OrderJson | Error>;
}

const asTold = (post: Promise<OrderJson>): Promise<OrderJson | Error> => post.catch((failure: unknown) => failure as Error);

const tellsOf503 = (told: OrderJson | Error): void => {
  if (told instanceof Error) expect(told.message).toMatch(/→ 503 \{.*"code":/);
};

/** `orders` are previewed, one for each of `MOMENTS`. Returns each signer's first answer. */
export const signWhileFrozen = async (
  running: Running,
  signer: Officer,
  { orders, frozenMs }: { orders: readonly OrderJson[]; frozenMs: number },
): Promise<Record<string, string>> => {
  const { postgres } = running.platform.servers();
  if (!postgres.freeze || !postgres.thaw) throw new Error('this suite needs a database server of its own');
  const database = running.platform.databaseUrl('enforcement');
  const idOf = (moment: Moment): string => orders[MOMENTS.indexOf(moment)]?.orderId ?? '';
  const post = (orderId: string, requestId: string): Promise<OrderJson> => signer.post<OrderJson>(`/orders/${orderId}/sign`, {}, requestId);
  const sent: Signature[] = [];
  const send = (moment: Moment): void => {
    const [orderId, requestId] = [idOf(moment), randomUUID()];
    sent.push({ moment, orderId, requestId, told: asTold(post(orderId, requestId)) });
  };
  const stateOf = async (moment: Moment): Promise<string> =>
    (await query<{ state: string }>(database, 'SELECT state FROM orders WHERE id = $1', [idOf(moment)]))[0]?.state ?? '';

  const hold = await holdSignatures(database, { beforeWrite: idOf('before its write'), inCommit: idOf('in its commit') });
  send('before its write');
  send('in its commit');
  await until(hold.standing, (standing) => standing === 2, { withinMs: 60_000 });
  send('after its commit');
  await until(
    () => stateOf('after its commit'),
    (state) => state !== 'PREVIEWED',
    { withinMs: 60_000, longestPauseMs: 5 },
  );
  send('on its way');
  await postgres.freeze();
  const frozenAt = performance.now();
  send('not yet sent');
  try {
    const later = (): boolean => performance.now() - frozenAt > frozenMs / 2;
    await until(later, Boolean, { withinMs: frozenMs });
    send('sent later');
    await until(
      () => performance.now() - frozenAt,
      (ms) => ms > frozenMs,
      { withinMs: frozenMs },
    );
  } finally {
    await postgres.thaw();
  }
  await hold.release();

  for (const signature of sent) {
    const { orderId, requestId } = signature;
    tellsOf503(await signature.told);
    // As the browser does: repeats the same request until it is answered.
    const again = (): Promise<OrderJson | Error> => asTold(post(orderId, requestId));
    const signed = await until(again, (told) => (tellsOf503(told), !(told instanceof Error)), { withinMs: 60_000 });
    expect(signed).toMatchObject({ orderId, signedBy: signer.account });
    expect(await post(orderId, requestId)).toMatchObject({ orderId, signedAt: (signed as OrderJson).signedAt });
    await expect(post(orderId, randomUUID())).rejects.toThrow(/→ 4\d\d /);
    expect((await orderReaches(signer, orderId, 'COMPLETED')).signedAt).toBe((signed as OrderJson).signedAt);
  }
  // Each signature takes the next number of the institution's orders (epoch).
  const drawn = await query<{ last: string }>(
    database,
    `SELECT e.last FROM institution_epoch AS e JOIN orders AS o USING (institution) WHERE o.id = ANY($1) AND o.epoch = e.last`,
    [orders.map(({ orderId }) => orderId)],
  );
  expect(drawn.map(({ last }) => Number(last))).toEqual(orders.map(() => 1));
  const told = await Promise.all(sent.map(async (one) => [one.moment, await one.told] as const));
  return Object.fromEntries(told.map(([moment, answer]) => [moment, answer instanceof Error ? answer.message : answer.state]));
};
