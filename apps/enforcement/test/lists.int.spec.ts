// The lists of cases, of orders and of limits fulfil the requirements of every list; limits that are over are listed only
// when their state is requested.
import { LISTS } from '@hengji/contracts/lists';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { keepsListPromises, LIST_PLACES, query as sqlQuery, tellInstitution, type ListPlace } from '@hengji/testing';
import { city, startWorld, type World } from './enforcement';

const CODES: Readonly<Record<ListPlace, string>> = { shenyang: 'S000021010031', dalian: 'S000021020031' };
/** A case is visible from its notice, an order from its issue. */
const party = { institution: CODES.shenyang, sees: 0 };

let world: Promise<World> | undefined;
const told = async (): Promise<World> => {
  const started = await startWorld();
  for (const place of ['shenyang', 'dalian'] as const) await tellInstitution(started.probe, { code: CODES[place], ...LIST_PLACES[place] });
  return started;
};
const started = (): Promise<World> => (world ??= told());

keepsListPromises(LISTS.cases, async () => {
  const { cases: walk, caseClient } = await started();
  return {
    party,
    ask: async (actor, query) => {
      const { cases, ...page } = await caseClient().listCases({ actor, query });
      return { rows: cases, ...page };
    },
    add: async (place, count) => {
      for (let i = 0; i < count; i += 1) await walk.open(CODES[place]);
    },
  };
});

keepsListPromises(LISTS.orders, async () => {
  const { draft, client } = await started();
  return {
    party,
    ask: async (actor, query) => {
      const { orders, ...page } = await client().listOrders({ actor, query });
      return { rows: orders.map((order) => ({ ...order, institution: order.scope?.institution })), ...page };
    },
    add: async (place, count) => {
      for (let i = 0; i < count; i += 1) await draft(CODES[place], ['CANCEL_RESULTS']);
    },
  };
});

/** Limits of orders that were over long ago: nothing else in this database starts limits with these codes. */
const insertLimits = async (
  institution: string,
  rows: readonly { readonly id: string; readonly code: string; readonly state: string }[],
) => {
  const { url } = await started();
  await sqlQuery(
    url,
    `INSERT INTO procedure."limit" (id, code, institution, file_id, authority, started_at, due_at, nearing_at, provisional, state, open)
     SELECT one->>'id', one->>'code', $1, one->>'id', CASE WHEN $1 LIKE 'S00002101%' THEN '2101' ELSE '2102' END, now(),
       now() + n % 3 * interval '1 day', now(), false, one->>'state', one->>'state' = 'PASSED'
     FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS given (one, n)`,
    [institution, JSON.stringify(rows)],
  );
};

describe('limits', () => {
  let rows = 0;
  const limits = (count: number, state: string, code = 'D-PEN-SERVE') =>
    Array.from({ length: count }, () => {
      rows += 1;
      return { id: `l${rows}`, code, state };
    });

  // The cases above have limits of their own, in the same two institutions; these limits belong to another order of the
  // day.
  beforeAll(async () => {
    await sqlQuery(
      (await started()).url,
      `UPDATE procedure."limit" SET open = false, state = 'MET', next_look_at = NULL, suspended_at = NULL`,
    );
  });

  keepsListPromises(LISTS.deadlines, async () => {
    const { caseClient } = await started();
    return {
      party: { institution: CODES.shenyang },
      ask: async (actor, asked) => {
        const { deadlines, ...page } = await caseClient().listDeadlines({ actor, query: asked });
        return { rows: deadlines, ...page };
      },
      add: (place, count) => insertLimits(CODES[place], limits(count, 'PASSED')),
    };
  });

  it('that are over are listed when their state is requested, and those of a transfer never to the institution', async () => {
    const { caseClient } = await started();
    const over = limits(2, 'MET', 'D-PEN-PAY');
    await insertLimits(CODES.shenyang, over);
    await insertLimits(CODES.shenyang, limits(1, 'PASSED', 'D-TRANSFER-SEND'));
    const list = async (actor: ReturnType<typeof city>, ...filters: ListQuery['filters']) =>
      (await caseClient().listDeadlines({ actor, query: ListQuery.fromPartial({ filters, limit: 1_000 }) })).deadlines;
    const ofCode = (code: string) => ({ field: 'code', op: 'IS' as const, values: [code] });
    expect(await list(city('x'), ofCode('D-PEN-PAY'))).toEqual([]);
    const met = await list(city('x'), ofCode('D-PEN-PAY'), { field: 'state', op: 'IS', values: ['MET'] });
    expect(met.map(({ deadlineId }) => deadlineId)).toEqual(over.map(({ id }) => id));
    expect(await list(city('x'), ofCode('D-TRANSFER-SEND'))).toHaveLength(1);
    const institution = { ...city('i1'), role: 'INSTITUTION' as const, authority: '', institution: CODES.shenyang };
    expect(await list(institution, ofCode('D-TRANSFER-SEND'))).toEqual([]);
  });

  it('are paged beyond 1,000, each once, the soonest first', async () => {
    const { caseClient } = await started();
    await insertLimits(CODES.shenyang, limits(1_100, 'PASSED', 'D-PEN-DECIDE'));
    const filters = [{ field: 'code', op: 'IS' as const, values: ['D-PEN-DECIDE'] }];
    const page = (cursor: string) =>
      caseClient().listDeadlines({ actor: city('x'), query: ListQuery.fromPartial({ filters, limit: 1_000, cursor }) });
    const first = await page('');
    const second = await page(first.next);
    expect([first.total?.count, first.deadlines.length, second.deadlines.length, second.next]).toEqual([1_100, 1_000, 100, '']);
    const all = [...first.deadlines, ...second.deadlines];
    expect(new Set(all.map(({ deadlineId }) => deadlineId)).size).toBe(1_100);
    const ends = all.map(({ dueAt }) => dueAt?.getTime() ?? 0);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });
});
