// The connection to exam's database once it is closed.
import { testDatabase } from '@hengji/testing';
import { openDatabase } from '../src/adapters/store/database';

describe('a database that was disconnected', () => {
  it('takes no more statements: what is still under way in a stopped service does not write', async () => {
    const { url } = await testDatabase('exam');
    const db = openDatabase(url);
    await db.$queryRawUnsafe('SELECT 1');
    await db.$disconnect();
    await expect(db.$queryRawUnsafe('SELECT 1')).rejects.toThrow(/after calling end on the pool/);
    await expect(db.$transaction((tx) => tx.$queryRawUnsafe('SELECT 1'))).rejects.toThrow(/after calling end on the pool/);
    await db.$disconnect();
  });
});
