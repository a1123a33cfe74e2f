// What a signature binds, and a row that runs once more: on real tables, through the endpoint that enforcement calls.
import type { SqlTx } from '@hengji/messaging';
import { bindTargets, type ClaimedIn, SCOPE_COLUMNS } from '../src';
import { closeAfterEachTest, query } from '@hengji/testing';
import { addPapers, fixture, orderOf, paper, scopeOf, VOID, workThrough } from './fixture';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot } from '@hengji/domain-kit';
import { createHash } from 'node:crypto';

closeAfterEachTest();

const TARGETS = { table: 'paper', id: 'certificate_number', scope: SCOPE_COLUMNS };
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

it('binds blocks of a thousand ids, in the tree that an independent checker would build', async () => {
  const { db, url } = await fixture();
  await addPapers(url, 2_345);
  const ids = Array.from({ length: 2_345 }, (_, i) => paper(i + 1));
  const blocks = [ids.slice(0, 1_000), ids.slice(1_000, 2_000), ids.slice(2_000)].map((block) => Buffer.from(block.join('\n')));
  const bound = await db.$transaction((tx: SqlTx) => bindTargets(tx, TARGETS, scopeOf()));
  expect(bound.count).toBe(2_345n);
  expect(hex(bound.root)).toBe(hex(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, blocks))));
});

it('the root changes with one new record, and not with the effects of an overlapping order', async () => {
  const { db, url } = await fixture();
  await addPapers(url, 25);
  const rootNow = () => db.$transaction(async (tx: SqlTx) => hex((await VOID.preview(tx, scopeOf())).root));
  const signed = await rootNow();
  await workThrough(db, VOID, orderOf('other', { scope: scopeOf({ sessions: ['session-1'] }) }), 10);
  expect(await rootNow()).toBe(signed);
  await addPapers(url, 1, 'S000021010009');
  expect(await rootNow()).toBe(signed);
  await query(url, `UPDATE paper SET institution = 'S000021010001' WHERE institution = 'S000021010009'`);
  expect(await rootNow()).not.toBe(signed);
});

it('a repeated run moves the strayed record, and neither lifted records nor records made after the end of the order', async () => {
  const { db, url } = await fixture();
  await addPapers(url, 25);
  const order = orderOf('o');
  await workThrough(db, VOID, order, 10);
  await query(url, `UPDATE paper SET state = 'ISSUED' WHERE certificate_number IN ($1, $2)`, [paper(3), paper(7)]);
  await query(url, `UPDATE messaging.claim SET lifted_at = now() WHERE record_id = $1`, [paper(7)]);
  await addPapers(url, 1, 'S000021010009');
  await query(url, `UPDATE paper SET institution = 'S000021010001' WHERE institution = 'S000021010009'`);

  const residual = (claimedIn: ClaimedIn) =>
    db.$transaction((tx: SqlTx) => VOID.residual(tx, { orderId: 'o', scope: scopeOf(), undo: false, claimedIn }));
  expect(await residual('everywhere')).toEqual({ count: 1n, sample: [paper(3)] });
  expect((await residual([])).count).toBe(3n);

  const { changed } = await workThrough(db, VOID, { ...order, again: true, claimedIn: 'everywhere' }, 10);
  expect(changed).toBe(1);
  expect(await residual('everywhere')).toEqual({ count: 0n, sample: [] });
  expect(await query(url, `SELECT count(*)::int AS n FROM paper WHERE state = 'ISSUED'`)).toEqual([{ n: 2 }]);
});
