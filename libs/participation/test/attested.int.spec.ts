// What a service signs of its answers: exactly the fence that it has, the count with its question, and each page of moved records. It also
// signs the contradictions for exactly the ids of the request.
import { hash } from 'node:crypto';
import { affectedStatement, contradictionsStatement, fenceStatement, residualStatement, scopeStatement } from '@hengji/contracts';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { digestOf, verifier, type Statement } from '@hengji/host';
import { closeAfterEachTest, query, testKeys, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { SCOPE_COLUMNS } from '../src';
import { askOf, CALL, issued, paper, refusalOf, scopeOf, world } from './fixture';

closeAfterEachTest();

const VOIDED = { effect: 'VOID_CERTIFICATES', table: 'paper', id: 'certificate_number', scope: SCOPE_COLUMNS, done: sql`t.state = 'VOID'` };
const CHECKS = {
  affected: { PAPER_A: VOIDED, PAPER_B: VOIDED, SESSION: { ...VOIDED, link: 'session_id' } },
  contradictions: {
    PAPER_A: { table: 'paper', link: 'certificate_number', contradicts: sql`t.state = 'ISSUED'`, name: 'certificate_number' },
  },
};

const SPEC = { crossChecks: CHECKS };

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('an answer without it');
  return value;
};
const digest = (scope: Scope): string => digestOf(scopeStatement(scope));
const sha256 = (ids: readonly string[]): string => hash('sha256', ids.join('\n'));
const OF = { orderId: 'a', service: 'certificate' };
const check = (statement: Statement, signature: Parameters<ReturnType<typeof verifier>['check']>[1], signedAt: Date): void =>
  verifier({ trustFile: testKeys().trustFile }).check(statement, signature, { service: 'certificate', signedAt });

test('the fence is signed as it is stored: a repeated request gets its first time, another scope or epoch gets no signature', async () => {
  const { orders } = await world(1, SPEC);
  const asked = {
    orderId: 'a',
    epoch: 7n,
    scope: scopeOf({ sessions: ['s1', 's2'] }),
    standing: true,
    restate: false,
    signedAt: undefined,
  };
  expect(await refusalOf(orders.server.fence({ ...asked, restate: true }, CALL))).toEqual(['order.fence_unknown', 'order_id']);
  const first = await orders.server.fence(asked, CALL);
  const again = await orders.server.fence({ ...asked, restate: true }, CALL);
  expect(again.placedAt).toEqual(first.placedAt);
  for (const { placedAt, signedAt, standing, signature } of [first, again]) {
    const said = { ...OF, epoch: 7n, standing: must(standing), placedAt: must(placedAt), signedAt: must(signedAt) };
    check(fenceStatement({ ...said, scope: digest(asked.scope) }), must(signature) as never, said.signedAt);
    for (const other of [{ epoch: 8n }, { standing: false }, { orderId: 'b' }, { scope: digest(scopeOf()) }])
      expect(() => check(fenceStatement({ ...said, scope: digest(asked.scope), ...other }), signature as never, said.signedAt)).toThrow();
  }
  // Otherwise a fence over a part would be signed as a fence over the whole scope.
  for (const other of [{ scope: scopeOf() }, { epoch: 8n }])
    expect(await refusalOf(orders.server.fence({ ...asked, ...other }, CALL))).toEqual(['order.fence_differs', 'scope']);
});

test('a count is signed with the whole question', async () => {
  const { orders } = await world(3, SPEC);
  const rows = [askOf(3, 'VOID_CERTIFICATES'), askOf(1, 'HOLD_ISSUING')];
  const lifted = [{ scope: scopeOf({ sessions: ['s9'] }), rows: [3] }];
  const answer = await orders.server.countResidual({ orderId: 'a', scope: scopeOf(), rows, lifted, suspended: true }, CALL);
  const countedAt = must(answer.countedAt);
  const said = (change: object = {}): Statement =>
    residualStatement({
      ...{ ...OF, scope: digest(scopeOf()), suspended: true, countedAt },
      rows: [
        { row: 3, effect: 'VOID_CERTIFICATES', undo: false, undoesRow: 0, count: 3n },
        { row: 1, effect: 'HOLD_ISSUING', undo: false, undoesRow: 0, count: 1n },
      ],
      lifted: [{ scope: digest(scopeOf({ sessions: ['s9'] })), rows: [3] }],
      ...change,
    });
  check(said(), answer.signature as never, countedAt);
  for (const change of [{ lifted: [] }, { rows: [] }, { suspended: false }, { scope: digest(scopeOf({ plans: ['p'] })) }])
    expect(() => check(said(change), answer.signature as never, countedAt)).toThrow();
});

test('pages are signed in sequence for all checks with the same start, and the answer covers exactly their ids', async () => {
  const { orders, hear, url } = await world(5, SPEC);
  await hear('orderIssued', issued('a', [askOf(3, 'VOID_CERTIFICATES', { signedCount: 5n })]));
  await until(
    () => query<{ n: string }>(url, `SELECT count(*)::text AS n FROM paper WHERE state = 'VOID'`),
    ([row]) => row?.n === '5',
  );
  const part = scopeOf({ certificates: [paper(5)] });
  const asked = { orderId: 'a', row: 3, check: 'PAPER_A', limit: 3, without: [part], joined: true };
  const first = await orders.server.listAffected({ ...asked, after: '' }, CALL);
  const second = await orders.server.listAffected({ ...asked, after: must(first.next) }, CALL);
  expect([first.next, second.next]).toEqual([paper(3), '']);
  const pages = [
    { ...first, after: '', sha256: sha256([paper(1), paper(2), paper(3)]) },
    { ...second, after: paper(3), sha256: sha256([paper(4)]) },
  ];
  for (const { count, next, after, sha256, listedAt, signature } of pages) {
    const page = {
      ...OF,
      row: 3,
      checks: ['PAPER_A', 'PAPER_B'],
      without: [digest(part)],
      after,
      next: must(next),
      listedAt: must(listedAt),
    };
    check(affectedStatement({ ...page, count: must(count), sha256 }), signature as never, must(listedAt));
    expect(() => check(affectedStatement({ ...page, count: 9, sha256 }), signature as never, must(listedAt))).toThrow();
  }
  const found = await orders.server.findContradictions(
    { ...{ orderId: 'a', check: 'PAPER_A' }, ids: [], joinedIds: must(first.joinedIds), count: 3 },
    CALL,
  );
  const said = {
    ...OF,
    check: 'PAPER_A',
    count: 3,
    sha256: pages[0]?.sha256 ?? '',
    contradictions: 0n,
    answeredAt: must(found.answeredAt),
  };
  check(contradictionsStatement(said), found.signature as never, said.answeredAt);
  expect(() => check(contradictionsStatement({ ...said, sha256: sha256([]) }), found.signature as never, said.answeredAt)).toThrow();
});
