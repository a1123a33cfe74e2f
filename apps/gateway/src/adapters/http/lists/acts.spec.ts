// Merged pages of the acts of several services: every act once, in one order, in both directions, however the acts are distributed over the
// services.
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { Act, ListActsResponse } from '@hengji/contracts/procedure/v1/acts_service';
import fc from 'fast-check';
import { PARKING_SERVICES, type Neighbours } from '../../clients/neighbours';
import { listActs } from './acts';

const PERSON = { officerId: 'u1', name: '某', role: 'AUDITOR', authority: 'LN', institution: '' } as const;

const placeOf = ({ at, actId }: Act): string => `${at?.toISOString() ?? ''} ${actId}`;
/** The place that a service reads from a cursor: signature, time as PostgreSQL writes it, id. */
const placeIn = (cursor: string): string => {
  const [, at = '', id = ''] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
  return `${new Date(at).toISOString()} ${id}`;
};

const sorted = (acts: readonly Act[], descending: boolean): Act[] =>
  acts.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1) * (descending ? -1 : 1));

const answering = (own: readonly Act[]) => ({
  listActs: async ({ query }: { query?: ListQuery }) => {
    const { cursor = '', limit = 0, sort = [] } = query ?? {};
    const descending = sort[0]?.descending ?? true;
    const behind = sorted(own, descending).filter((act) => {
      if (cursor === '') return true;
      return descending ? placeOf(act) < placeIn(cursor) : placeOf(act) > placeIn(cursor);
    });
    const acts = behind.slice(0, limit);
    const next = behind.length > limit ? 'more' : '';
    return ListActsResponse.fromPartial({ acts, next, total: cursor === '' ? { count: own.length } : undefined });
  },
});

const walk = async (acts: readonly Act[], limit: number, descending: boolean): Promise<Act[]> => {
  const services = Object.fromEntries(PARKING_SERVICES.map((name) => [name, answering(acts.filter(({ keptBy }) => keptBy === name))]));
  const neighbours = { acts: services } as unknown as Neighbours;
  const seen: Act[] = [];
  let cursor = '';
  do {
    const query = ListQuery.fromPartial({ cursor, limit, sort: [{ field: 'at', descending }] });
    const [rows, { next, total }] = await listActs(neighbours, { actor: PERSON, query });
    if (cursor === '') expect(total).toEqual({ count: acts.length, more: false });
    seen.push(...rows);
    cursor = next;
  } while (cursor !== '');
  return seen;
};

it('contain each act once and in order', async () => {
  const anAct = fc.record({ keptBy: fc.constantFrom(...PARKING_SERVICES), at: fc.integer({ min: 0, max: 5 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(anAct, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), fc.boolean(), async (given, limit, descending) => {
      const acts = given.map(({ keptBy, at }, n) =>
        Act.fromPartial({ keptBy, at: new Date(1_767_225_600_000 + at), actId: `${keptBy}-${n}` }),
      );
      expect((await walk(acts, limit, descending)).map(placeOf)).toEqual(sorted(acts, descending).map(placeOf));
    }),
  );
});

it('call only the requested services', async () => {
  const asked: string[] = [];
  const services = Object.fromEntries(
    PARKING_SERVICES.map((name) => [name, { listActs: async () => (asked.push(name), ListActsResponse.fromPartial({})) }]),
  );
  const query = ListQuery.fromPartial({ filters: [{ field: 'keptBy', op: 'IS', values: ['exam', 'subsidy'] }] });
  await listActs({ acts: services } as unknown as Neighbours, { actor: PERSON, query });
  expect(asked).toEqual(['exam', 'subsidy']);
});
