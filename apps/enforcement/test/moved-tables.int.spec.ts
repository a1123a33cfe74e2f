// Limits and numbers, then documents, are moved to the tables of libs/procedure (migrations 0020, 0021). Nothing is lost,
// and the previous version continues with its own statements on the views that replace its tables.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonical } from '@hengji/host';
import type { SqlTx } from '@hengji/messaging';
import { documentStore } from '@hengji/procedure';
import { openDb, query, testDatabase } from '@hengji/testing';
import { openDatabase } from '../src/adapters/store/database';
import { filedOf } from '../src/adapters/store/filed-store';

const migration = (name: string): string => readFileSync(join(__dirname, `../prisma/migrations/${name}/migration.sql`), 'utf8');
const MOVE = migration('0020_limits_and_numbers');

let url: string;
beforeEach(async () => {
  ({ url } = await testDatabase('enforcement'));
});

const withSqlDb = async <R>(databaseUrl: string, work: (db: SqlTx) => Promise<R>): Promise<R> => {
  const { db, close } = openDb(databaseUrl);
  try {
    return await work(db);
  } finally {
    await close();
  }
};

const DEADLINE = `id, code, institution, case_id, order_id, authority, started_at, due_at, nearing_at, provisional, state, met_at, open, next_look_at`;
const insert = (id: string, code: string): Promise<unknown> =>
  query(
    url,
    `INSERT INTO deadline (${DEADLINE}) VALUES ('${id}', '${code}', 'I', 'c', 'o', '2101', now(), now(), now(), true, 'RUNNING', NULL, true, now())`,
  );

it('every row exists afterwards, and numbers continue without a gap', async () => {
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

it('the previous version starts, meets and finds limits', async () => {
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

it('the previous version takes the next number', async () => {
  const draw = (): Promise<{ last: number }[]> =>
    query(
      url,
      `INSERT INTO document_counter AS c (series, authority, year, last) VALUES ('case', '2101', 2026, 1)
       ON CONFLICT (series, authority, year) DO UPDATE SET last = c.last + 1 RETURNING last`,
    );
  expect([await draw(), await draw()]).toEqual([[{ last: 1 }], [{ last: 2 }]]);
  expect(await query(url, 'SELECT last FROM procedure.number')).toEqual([{ last: 2 }]);
});

describe('documents', () => {
  const DOCUMENT = `id, kind, number, version, case_id, order_id, about, institution, authority, title, pdf, sha256, key_id, algorithm, signature, issued_by, issued_at`;
  const insertDocument = (id: string, kind: string, about = ''): Promise<unknown> =>
    query(
      url,
      `INSERT INTO document (${DOCUMENT}) VALUES ('${id}', '${kind}', 'no. ${id}', 1, 'c', 'o', '${about}', 'I', '2101', 'title', 'pdf', sha256('pdf'),
        'k', 'ED25519', '\\x00', 'a', '2026-11-23T02:00:00Z') RETURNING id`,
    );
  const serve = (id: string): Promise<unknown> =>
    query(
      url,
      `INSERT INTO document_service (document_id, mode, receiver, served_at, recorded_at, recorded_by, receipt_document_id)
       VALUES ('${id}', 'POST', '校长', '2026-11-23T02:00:00Z', now(), 'a', 'd2') RETURNING document_id`,
    );
  const owe = (): Promise<unknown> =>
    query(
      url,
      `INSERT INTO document_due (order_id, kind, about, case_id, by, next_try_at) VALUES ('o', 'LIFTING', '1', 'c', 'b', now()) ON CONFLICT DO NOTHING`,
    );
  const owed = () => query(url, 'SELECT file_kind, file_id, about, kind, which, by, tries FROM procedure.owed_document');
  const OWED = { file_kind: 'case', file_id: 'c', about: 'o', kind: 'LIFTING', which: '1', by: 'b', tries: 0 };
  const read = () => withSqlDb(url, (db) => documentStore('case').ofFile(db, 'c'));
  const SERVED = [
    expect.objectContaining({
      ...{ id: 'd1', kind: 'NOTICE', number: 'no. d1', fileId: 'c', about: 'o', which: '' },
      delivery: expect.objectContaining({ mode: 'POST', receiver: '校长', receiptDocumentId: 'd2' }),
    }),
    expect.objectContaining({ id: 'd2', kind: 'SERVICE_RECEIPT', which: 'd1', delivery: null }),
  ];

  it('exist afterwards with their service, oldest first, and so do the documents that are due', async () => {
    await query(url, 'DROP VIEW document, document_service, document_due');
    await query(
      url,
      `CREATE TABLE document AS SELECT id, sequence, kind, number, version, file_id AS case_id, about AS order_id, which AS about,
      institution, authority, title, pdf, sha256, key_id, algorithm, signature, issued_by, issued_at FROM procedure.document`,
    );
    await query(url, 'CREATE TABLE document_service AS SELECT * FROM procedure.delivery');
    await query(
      url,
      `CREATE TABLE document_due AS SELECT about AS order_id, kind, which AS about, file_id AS case_id, by, tries, next_try_at, trouble
      FROM procedure.owed_document`,
    );
    await insertDocument('d2', 'SERVICE_RECEIPT', 'd1');
    await insertDocument('d1', 'NOTICE');
    await query(url, `UPDATE document SET sequence = CASE id WHEN 'd1' THEN 7 ELSE 9 END`);
    await serve('d1');
    await query(url, `INSERT INTO document_due VALUES ('o', 'LIFTING', '1', 'c', 'b', 0, now(), '')`);
    await query(url, migration('0021_documents'));
    expect(await read()).toEqual(SERVED);
    expect(await owed()).toEqual([OWED]);
  });

  it('are issued, served and owed by the previous version; the new version reads them, and nobody can change them', async () => {
    await insertDocument('d1', 'NOTICE');
    await insertDocument('d2', 'SERVICE_RECEIPT', 'd1');
    await serve('d1');
    await owe();
    await owe();
    expect(await read()).toEqual(SERVED);
    expect(await owed()).toEqual([OWED]);
    await query(url, `UPDATE document_due SET tries = tries + 1, trouble = 'x' WHERE order_id = 'o' AND kind = 'LIFTING' AND about = '1'`);
    expect(await owed()).toEqual([{ ...OWED, tries: 1 }]);
    await query(url, `DELETE FROM document_due WHERE order_id = 'o' AND kind = 'LIFTING' AND about = '1'`);
    expect(await owed()).toEqual([]);
    await expect(insertDocument('d3', 'NOTICE')).rejects.toThrow('unique');
    for (const change of [`UPDATE document SET title = 'x'`, 'DELETE FROM document_service'])
      await expect(query(url, change)).rejects.toMatchObject({ code: 'HJ001' });
  });

  it('filed by the previous version keep their digest', async () => {
    await insertDocument('d1', 'NOTICE');
    const db = openDatabase(url);
    const filed = await filedOf(db, { id: 'o', caseId: 'c' });
    await db.$disconnect();
    const columns = {
      ...{
        id: 'd1',
        kind: 'NOTICE',
        number: 'no. d1',
        version: '1',
        caseId: 'c',
        orderId: 'o',
        about: '',
        institution: 'I',
        authority: '2101',
      },
      ...{ title: 'title', sha256: createHash('sha256').update('pdf').digest('hex'), keyId: 'k', algorithm: 'ED25519', signature: '00' },
      ...{ issuedBy: 'a', issuedAt: '2026-11-23T02:00:00.000Z' },
    };
    const sha256 = createHash('sha256').update(canonical(columns)).digest('hex');
    expect(filed).toEqual([{ table: 'document', id: 'no. d1', sha256 }]);
  });

  it('the previous version reads what the new version wrote', async () => {
    const bytes = { pdf: Buffer.from('pdf'), sha256: createHash('sha256').update('pdf').digest() };
    const signature = { keyId: 'k', algorithm: 'ED25519', value: Buffer.from([1]) };
    const at = new Date('2026-11-23T02:00:00Z');
    const of = { fileId: 'c', about: 'o', which: '', institution: 'I', authority: '2101', issuedBy: 'a', issuedAt: at };
    await withSqlDb(url, (db) =>
      documentStore('case').insert(db, {
        ...{ id: 'd1', kind: 'NOTICE', number: 'no. 1', version: 1, title: 'title', ...of, ...bytes, signature, delivery: null },
      }),
    );
    const found = await query(
      url,
      `SELECT kind, number, case_id, order_id, about, pdf FROM document WHERE case_id = 'c' AND order_id = 'o' AND kind = 'NOTICE' AND about = ''`,
    );
    expect(found).toEqual([{ kind: 'NOTICE', number: 'no. 1', case_id: 'c', order_id: 'o', about: '', pdf: Buffer.from('pdf') }]);
  });
});
