import { RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { once, requestOf, type SqlDb } from '../src';
import { stage } from './stage';

const answer = (row: number): RowReleased => RowReleased.fromPartial({ orderId: 'o', row });

const asking = (db: SqlDb, requestId: string, what: string, work: () => Promise<RowReleased>): Promise<RowReleased> =>
  db.$transaction((tx) => once(tx, requestId, what, RowReleased, work));

describe('once', () => {
  it('does the work once and returns the stored answer afterwards', async () => {
    const { db } = await stage();
    let works = 0;
    const work = async () => answer(++works);
    expect(await asking(db, 'r1', 'Release', work)).toEqual(answer(1));
    expect(await asking(db, 'r1', 'Release', work)).toEqual(answer(1));
    expect(works).toBe(1);
  });

  it('returns the same answer to two concurrent requests', async () => {
    const { db } = await stage();
    let works = 0;
    const work = async () => answer(++works);
    const answers = await Promise.all([1, 2, 3, 4].map(() => asking(db, 'r1', 'Release', work)));
    expect(works).toBe(1);
    expect(answers).toEqual([answer(1), answer(1), answer(1), answer(1)]);
  });

  it('stores nothing of failed work', async () => {
    const { db } = await stage();
    await expect(asking(db, 'r1', 'Release', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await asking(db, 'r1', 'Release', async () => answer(2))).toEqual(answer(2));
  });

  it('refuses an id that was used for another request, and a missing id', async () => {
    const { db } = await stage();
    const one = requestOf('Release', RowReleased, answer(1));
    const other = requestOf('Release', RowReleased, answer(2));
    await asking(db, 'r1', one, async () => answer(1));
    await expect(asking(db, 'r1', other, async () => answer(2))).rejects.toMatchObject({ kind: 'conflict', reason: 'request.reused' });
    await expect(asking(db, '', one, async () => answer(1))).rejects.toMatchObject({ kind: 'invalid', reason: 'request.id_missing' });
  });
});
