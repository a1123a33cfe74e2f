// Limits and numbers moved to the tables of libs/procedure (migration 0020): nothing is lost on the way, and the version before goes on
// with its own statements on what stands in the place of its tables.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { query, testDatabase } from '@hengji/testing';

const MOVE = readFileSync(join(__dirname, '../prisma/migrations/0020_limits_and_numbers/migration.sql'), 'utf8');

let url: string;
beforeEach(async () => {
  ({ url } = await testDatabase('enforcement'));
});

const DEADLINE = `id, code, institution, case_id, order_id, authority, started_at, due_at, nearing_at, provisional, state, met_at, open, next_look_at`;
const insert = (id: string, code: string): Promise<unknown> =>
  query(
    url,
    `INSERT INTO deadline (${DEADLINE}) VALUES ('${id}', '${code}', 'I', 'c', 'o', '2101', now(), now(), now(), true, 'RUNNING', NULL, true, now())`,
  );

it('every row is there afterwards, and numbers go on without a gap', async () => {
  await query(url, 'DROP VIEW deadline, document_counter');
  await query(
    url,
    'CREATE TABLE deadline AS SELECT id, code, institution, file_id AS case_id, about AS order_id, authority, started_at, due_at, nearing_at, provisional, state, met_at, open, next_look_at FROM procedure."limit"',
  );
  await query(url, 'CREATE TABLE document_counter (series text, authority text, year integer, last integer)');
  await insert('d1', 'D-RECTIFY');
  await query(url, `INSERT INTO document_counter VALUES ('case', '2101', 2026, 7)`);
  await query(url, MOVE);
  expect(await query(url, 'SELECT id, file_id, about, state, extended_from, suspended_at FROM procedure."limit"')).toEqual([
    { id: 'd1', file_id: 'c', about: 'o', state: 'RUNNING', extended_from: null, suspended_at: null },
  ]);
  expect(await query(url, 'SELECT * FROM procedure.number')).toEqual([{ series: 'case', authority: '2101', year: 2026, last: 7 }]);
});

it('the version before starts, meets and finds limits', async () => {
  await insert('d1', 'D-RECTIFY');
  await expect(insert('d2', 'D-RECTIFY')).rejects.toThrow('limit_one_live');
  await query(url, `UPDATE deadline SET state = 'MET', met_at = now(), open = false, next_look_at = NULL WHERE id = 'd1' RETURNING id`);
  await insert('d2', 'D-RECTIFY');
  const found = await query(
    url,
    `SELECT id FROM deadline WHERE case_id = 'c' AND order_id = 'o' AND state IN ('RUNNING', 'NEARING', 'PASSED')`,
  );
  expect(found).toEqual([{ id: 'd2' }]);
  expect(await query(url, 'SELECT id, file_id, about, state FROM procedure."limit" ORDER BY id')).toEqual([
    { id: 'd1', file_id: 'c', about: 'o', state: 'MET' },
    { id: 'd2', file_id: 'c', about: 'o', state: 'RUNNING' },
  ]);
});

it('the version before draws the next number', async () => {
  const draw = (): Promise<{ last: number }[]> =>
    query(
      url,
      `INSERT INTO document_counter AS c (series, authority, year, last) VALUES ('case', '2101', 2026, 1)
       ON CONFLICT (series, authority, year) DO UPDATE SET last = c.last + 1 RETURNING last`,
    );
  expect([await draw(), await draw()]).toEqual([[{ last: 1 }], [{ last: 2 }]]);
  expect(await query(url, 'SELECT last FROM procedure.number')).toEqual([{ last: 2 }]);
});
