// Kafka keeps the order of one writer's messages, but an order has five writers. The result must not depend on whose
// report comes first.
import type { LedgerRow } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { query, until } from '@hengji/testing';
import { done, startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});

it('out of order: receipts that come in reverse, twice, and before their turn complete the order once, each with its own row', async () => {
  const institution = anInstitution();
  const order = await world.sign(institution, ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES']);
  const [asked, waiting] = ['ASKED', 'WAITING'].map((state) => order.rows.filter((row) => row.state === state)) as [
    LedgerRow[],
    LedgerRow[],
  ];
  expect([asked.length, waiting.length].every((count) => count > 1)).toBe(true);
  const progress = (row: LedgerRow, matched: bigint) =>
    ({
      $case: 'rowProgressed',
      from: row.service,
      value: { orderId: order.orderId, row: row.ask?.row ?? 0, matched, changed: matched },
    }) as const;
  // The last rows first, each of them before its predecessor. Then the requested rows in reverse, each before its own
  // progress report.
  const early = waiting.map((row) => done(order, row)).reverse();
  await world.report(institution, ...early, ...early);
  const backwards = asked.map((row) => [done(order, row), progress(row, 5n), progress(row, 3n)]).reverse();
  await world.report(institution, ...backwards.flat(), ...backwards.flat());
  const open = await until(
    () => world.get(order.orderId),
    ({ rows }) => asked.every((row) => rows.some((now) => now.ask?.row === row.ask?.row && now.state === 'DONE')),
  );
  // A receipt that came before its turn does not count: the row is requested when its predecessor is done, and its service
  // sends the receipt again.
  expect(open.state).toBe('EXECUTING');
  expect(open.rows.filter(({ state }) => state !== 'DONE').map(({ receipt }) => receipt)).toEqual(waiting.map(() => undefined));
  const after = await until(
    async () => {
      await world.report(institution, ...early, ...early);
      return world.get(order.orderId);
    },
    ({ state }) => state === 'COMPLETED',
  );
  const said = [...asked.map((row) => done(order, row)), ...early];
  for (const { ask, state, receipt, disputeReason, progressMatched } of after.rows) {
    const own = said.find(({ value }) => value.row === ask?.row)?.value.receipt;
    expect({ state, disputeReason, root: receipt?.root, progressMatched }).toEqual({
      ...{ state: 'DONE', disputeReason: '', root: own?.root, progressMatched: own?.matched },
    });
  }
  const strays = await query<{ reason: string }>(world.url, 'SELECT DISTINCT reason FROM stray_report WHERE order_id = $1', [
    order.orderId,
  ]);
  expect(strays).toEqual([{ reason: 'row.not_asked' }]);
  const kept = await query<{ row: number }>(world.url, 'SELECT "row" FROM kept_receipt WHERE order_id = $1 ORDER BY 1', [order.orderId]);
  expect(kept.map(({ row }) => row)).toEqual(order.rows.map(({ ask }) => ask?.row));
  expect((await world.published(order.orderId)).filter(({ $case }) => $case === 'orderCompleted')).toHaveLength(1);
  const versions = await query<{ n: number }>(world.url, 'SELECT count(*)::int AS n FROM completion_certificate WHERE order_id = $1', [
    order.orderId,
  ]);
  expect(versions).toEqual([{ n: 1 }]);
});
