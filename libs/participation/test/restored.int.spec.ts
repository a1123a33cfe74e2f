// Writes to a service's database after a lifting had restored its records: to the restored values, to the records, or to their seal. A
// later lawful change of a record is no finding.
import { alter, query } from '@hengji/testing';
import { carriedOut, counted as countedOf, receipted } from './altered-order';
import { askOf, issued, lifted, paper, reports, scopeOf, type World } from './fixture';

const UNDO = askOf(3, 'VOID_CERTIFICATES', { undo: true, undoesRow: 1, signedCount: 25n });
const P = paper(7);
const LEFT = paper(9);
const NOTHING_FOUND = { count: 0n, words: '' };
const counted = (own: World) => countedOf(own, [UNDO]);

let own: World;
beforeAll(async () => {
  own = await carriedOut();
  // Somebody has changed this record in between: the lifting leaves it.
  await query(own.url, `UPDATE paper SET state = 'REISSUED' WHERE certificate_number = $1`, [LEFT]);
  await own.hear('orderLifted', lifted('a', [UNDO]));
  await receipted(own.url, 3);
  for (const table of ['paper', 'claim', 'row_evidence', 'left_record'])
    await query(own.url, `CREATE TABLE backup_${table} AS TABLE ${table === 'paper' ? '' : 'messaging.'}${table}`);
  expect((await reports(own.url)).at(-1)).toMatchObject({ $case: 'rowReported', value: { receipt: { changed: 24n, left: 1n } } });
});
beforeEach(async () => {
  await alter(own.url, 'DELETE FROM paper');
  await alter(own.url, 'DELETE FROM messaging.claim');
  await alter(own.url, 'INSERT INTO paper TABLE backup_paper');
  await alter(own.url, 'INSERT INTO messaging.claim OVERRIDING SYSTEM VALUE TABLE backup_claim');
  await query(own.url, 'ALTER TABLE messaging.row_evidence DISABLE TRIGGER ALL');
  await query(own.url, 'DELETE FROM messaging.row_evidence');
  await query(own.url, 'INSERT INTO messaging.row_evidence TABLE backup_row_evidence');
  expect(await counted(own)).toEqual(NOTHING_FOUND);
});

it.each<[string, string, string]>([
  ['a claim that was lifted, deleted', `DELETE FROM messaging.claim WHERE record_id = '${P}'`, '签封时25条，现有24条'],
  ['what it had to restore', `UPDATE messaging.claim SET before = 'EXPIRED' WHERE record_id = '${P}'`, '执行明细与签封不符'],
  ['what it restored', `UPDATE messaging.claim SET restored = 'EXPIRED' WHERE record_id = '${P}'`, '执行明细与签封不符'],
  ['what it met', `UPDATE messaging.claim SET found = 'EXPIRED' WHERE record_id = '${P}'`, '执行明细与签封不符'],
  ['by which row it was lifted', `UPDATE messaging.claim SET lifted_row = 9 WHERE record_id = '${P}'`, '签封时25条，现有24条'],
  ['that it was lifted at all', `UPDATE messaging.claim SET lifted_at = NULL WHERE record_id = '${P}'`, P],
  [
    'a claim added',
    `INSERT INTO messaging.claim (effect, record_id, order_id, found, before, after, placed_at, lifted_at, lifted_row, restored)
     VALUES ('VOID_CERTIFICATES', 'X', 'a', 'ISSUED', 'ISSUED', 'VOID', now(), now(), 3, 'ISSUED')`,
    'X：paper 的记录已被删除',
  ],
  ['a record deleted', `DELETE FROM paper WHERE certificate_number = '${P}'`, `${P}：paper 的记录已被删除 与解除时不符`],
  ['its person', `UPDATE paper SET person = 'ff' WHERE certificate_number = '${P}'`, `${P}：paper.person 与解除时不符`],
  ['the person of one that was left', `UPDATE paper SET person = 'ff' WHERE certificate_number = '${LEFT}'`, `${LEFT}：paper.person`],
  [
    'by whom it was void, as if it were still',
    `UPDATE paper SET voided_by = 'a', void_document_no = 'x' WHERE certificate_number = '${P}'`,
    `${P}：paper.voided_by、paper.void_document_no`,
  ],
  ['void again', `UPDATE paper SET state = 'VOID' WHERE certificate_number = '${P}'`, P],
  ['the seal of the lifting deleted', `DELETE FROM messaging.row_evidence WHERE "row" = 3`, '第3行的签封已被删除'],
])('%s', async (_, sql, word) => {
  await alter(own.url, sql);
  const found = await counted(own);
  expect(found.count).toBeGreaterThan(0n);
  expect(found.words).toContain(word);
});

it('a later lawful change of a record, and a later order on it, is no finding', async () => {
  await query(own.url, `UPDATE paper SET state = 'EXPIRED' WHERE certificate_number = '${P}'`);
  expect(await counted(own)).toEqual(NOTHING_FOUND);
  const scope = scopeOf({ certificates: [P] });
  await own.hear('orderIssued', issued('b', [askOf(1, 'VOID_CERTIFICATES', { signedCount: 1n })], { epoch: 3n, scope }));
  await receipted(own.url, 4);
  expect(await counted(own)).toEqual(NOTHING_FOUND);
});

it('a lifting that an older version carried out is not compared', async () => {
  await alter(own.url, 'UPDATE messaging.claim SET lifted_row = NULL, restored = NULL');
  await alter(own.url, `DELETE FROM messaging.row_evidence WHERE "row" = 3`);
  expect((await counted(own)).count).toBe(0n);
});
