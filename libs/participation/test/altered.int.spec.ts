// Writes to a service's database after the service has carried out its row, with triggers switched off. The next count finds each
// alteration and names the record and the column. The tables refuse changes that the code itself must not make.
import type { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { closeAfterEachTest, alter, query } from '@hengji/testing';
import { carriedOut, counted, HOLDING, MEASURES, receipted, VOIDING, workAgain } from './altered-order';
import { CALL, askOf, issued, lifted, paper, scopeOf, world } from './fixture';

closeAfterEachTest();

const P = paper(7);
const CLAIM = `messaging.claim WHERE record_id = '${P}'`;

it.each<[string, string, string[]]>([
  ['a record deleted', `DELETE FROM paper WHERE certificate_number = '${P}'`, [P, '已被删除']],
  ['its person', `UPDATE paper SET person = 'ff' WHERE certificate_number = '${P}'`, [P, 'paper.person']],
  ['its money', `UPDATE paper SET fen = 1 WHERE certificate_number = '${P}'`, [P, 'paper.fen']],
  [
    'its session and plan',
    `UPDATE paper SET session_id = 'x', plan_id = 'y' WHERE certificate_number = '${P}'`,
    ['paper.plan_id、paper.session_id'],
  ],
  ['its void number', `UPDATE paper SET void_document_no = '别的号' WHERE certificate_number = '${P}'`, [P, 'paper.void_document_no']],
  ['by whom it is void', `UPDATE paper SET voided_by = 'z', voids = 9 WHERE certificate_number = '${P}'`, ['paper.voided_by、paper.voids']],
  ['claim.before', `UPDATE messaging.claim SET before = 'EXPIRED' WHERE record_id = '${P}'`, [P, 'claim.before']],
  [
    'claim.before of a claim said to be inherited',
    `UPDATE messaging.claim SET before = 'EXPIRED', inherited_from = 'b' WHERE record_id = '${P}'`,
    [P],
  ],
  ['claim.found', `UPDATE messaging.claim SET found = 'EXPIRED', before = 'EXPIRED' WHERE record_id = '${P}'`, ['执行明细与签封不符']],
  ['claim.lifted_at', `UPDATE messaging.claim SET lifted_at = now() WHERE record_id = '${P}'`, [P, 'claim.lifted_at']],
  ['claim.columns', `UPDATE messaging.claim SET columns = columns || '{"voids": 3}' WHERE record_id = '${P}'`, ['执行明细与签封不符']],
  ['the digest of a claim', `UPDATE messaging.claim SET facts = NULL WHERE record_id = '${P}'`, ['执行明细与签封不符']],
  ['a claim deleted', `DELETE FROM ${CLAIM}`, ['签封时25条，现有24条']],
  [
    'a claim added',
    `INSERT INTO messaging.claim (effect, record_id, order_id, found, before, after, placed_at)
    VALUES ('VOID_CERTIFICATES', 'X', 'a', 'ISSUED', 'ISSUED', 'VOID', now())`,
    ['X', '已被删除'],
  ],
  ['the hold narrowed', `UPDATE messaging.hold SET scope = jsonb_set(scope, '{sessions}', '["session-1"]')`, ['hold.scope']],
  ['the hold given an exception', `UPDATE messaging.hold SET except_scopes = jsonb_build_array(scope)`, ['hold.except_scopes']],
  ['the hold put before another', `UPDATE messaging.hold SET epoch = 9`, ['hold.epoch']],
  ['the hold moved to another institution', `UPDATE messaging.hold SET institution = 'S000021010009'`, ['hold.institution']],
  ['the day of the hold', `UPDATE messaging.hold SET placed_at = placed_at + interval '1 day'`, ['hold.placed_at']],
  ['the hold deleted', `DELETE FROM messaging.hold`, ['hold:a']],
  [
    'what was announced',
    `UPDATE messaging.order_row SET announced = announced || '\\x120178'::bytea WHERE "row" = 1`,
    ['order_row.announced'],
  ],
  ['the receipt', `UPDATE messaging.order_row SET receipt = NULL WHERE "row" = 1`, ['order_row.receipt']],
  ['a row deleted', `DELETE FROM messaging.order_row WHERE "row" = 1`, ['order_row：第1行已被删除']],
  ['the seal deleted', `DELETE FROM messaging.row_evidence WHERE "row" = 1`, ['row_evidence：第1行的签封已被删除']],
  [
    'the seal altered',
    `UPDATE messaging.row_evidence SET statement = replace(statement, '"25"', '"24"') WHERE "row" = 1`,
    ['row_evidence：第1行的签封不成立'],
  ],
])(
  '%s',
  async (_, sql, words) => {
    const own = await carriedOut();
    expect(await counted(own)).toEqual({ count: 0n, words: '\n' });
    await alter(own.url, sql);
    const found = await counted(own);
    expect(found.count).toBeGreaterThan(0n);
    for (const word of words) expect(found.words).toContain(word);
    expect(found.words).toContain('须从备份恢复');
  },
  120_000,
);

it('if M1 asked no row, another row reports a released or narrowed hold and repairs the hold when that row runs again', async () => {
  const own = await world(25, { chunkSize: 10 });
  const others = { ...HOLDING, effect: { $case: 'approval', value: 'HOLD_FILING' } } as RowAsk;
  await own.hear('orderIssued', issued('a', [VOIDING, others], { measures: MEASURES }));
  await receipted(own.url, 1);
  expect((await counted(own, [VOIDING])).count).toBe(0n);
  await alter(own.url, `UPDATE messaging.hold SET released_at = now(), scope = jsonb_set(scope, '{from}', '"2026-01-05"')`);
  const found = await counted(own, [VOIDING]);
  for (const column of ['hold.scope', 'hold.released_at']) expect(found.words).toContain(column);
  await workAgain(own, 2);
  expect(await counted(own, [VOIDING])).toEqual({ count: 0n, words: '' });
});

it('a lifted part, an inheriting order and a second order are not findings', async () => {
  const own = await carriedOut();
  await own.hear('orderIssued', issued('b', [askOf(1, 'VOID_CERTIFICATES', { signedCount: 25n })], { epoch: 2n }));
  await receipted(own.url, 3);
  const part = { scope: scopeOf({ sessions: ['session-1'] }) };
  await own.hear('orderLifted', lifted('a', [askOf(3, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1, signedCount: 25n })], part));
  await receipted(own.url, 4);
  const without = { orderId: 'a', scope: scopeOf(), rows: [VOIDING, HOLDING], lifted: [{ ...part, rows: [1] }], suspended: false };
  const { rows } = await own.orders.server.countResidual(without, CALL);
  expect(rows?.map(({ count }) => count)).toEqual([0n, 0n]);
  const ofB = { orderId: 'b', scope: scopeOf(), rows: [askOf(1, 'VOID_CERTIFICATES')], lifted: [], suspended: false };
  expect((await own.orders.server.countResidual(ofB, CALL)).rows).toMatchObject([{ count: 0n, sample: [] }]);
});

it('a row from before seals existed reports that it cannot be compared', async () => {
  const own = await carriedOut();
  await alter(own.url, `UPDATE messaging.claim SET facts = NULL`);
  await alter(own.url, `DELETE FROM messaging.row_evidence`);
  expect(await counted(own)).toEqual({ count: 0n, words: expect.stringMatching(/不可比对[^]*不可比对/) as string });
});

it('append-only tables refuse every other change', async () => {
  const own = await carriedOut();
  const changes = [
    `UPDATE messaging.claim SET found = 'EXPIRED'`,
    `UPDATE messaging.claim SET facts = NULL`,
    `DELETE FROM messaging.claim`,
    `TRUNCATE messaging.claim`,
    `DELETE FROM messaging.hold`,
    `UPDATE messaging.hold SET placed_at = now()`,
    `DELETE FROM messaging.order_row`,
    `UPDATE messaging.order_row SET announced = ''`,
    `UPDATE messaging.row_evidence SET statement = ''`,
    `DELETE FROM messaging.row_evidence`,
  ];
  for (const change of changes) await expect(query(own.url, change)).rejects.toThrow(/never (changed|deleted)/);
});
