// The connection to exam's database after it is closed.
import { rowsOf } from '@hengji/messaging';
import { testDatabase } from '@hengji/testing';
import sql from 'sql-template-tag';
import { openDatabase } from '../src/adapters/store/database';

describe('a database that was disconnected', () => {
  it('accepts no more statements: work in flight in a stopped service does not write', async () => {
    const { url } = await testDatabase('exam');
    const db = openDatabase(url);
    await rowsOf(db, sql`SELECT 1`);
    await db.$disconnect();
    await expect(rowsOf(db, sql`SELECT 1`)).rejects.toThrow(/after calling end on the pool/);
    await expect(db.$transaction((tx) => rowsOf(tx, sql`SELECT 1`))).rejects.toThrow(/after calling end on the pool/);
    await db.$disconnect();
  });
});
