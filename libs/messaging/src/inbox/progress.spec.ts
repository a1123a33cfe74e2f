import { createLog } from '@hengji/host';
import { progress } from './progress';

const LOOP = { topic: 't', partition: 0, offset: 7n, ageMs: 90_000 };
const standing = { topic: 't', partition: 0, committed: 7n, end: 9n, assigned: false };

const seeing = async (where: Partial<typeof standing>, deadly: (typeof LOOP)[] = [LOOP]) => {
  const getting = progress({
    ...{ service: 's', log: createLog('progress-test', 'silent'), deadly: async () => deadly },
    reader: {
      standings: async () => [
        { ...standing, ...where },
        { ...standing, partition: 1, committed: 9n, assigned: where.assigned ?? false },
      ],
    },
  });
  await getting.measure();
  return getting;
};

describe('a crash loop', () => {
  it('is a failure from the start, before a partition is assigned', async () => {
    expect((await seeing({})).trouble()).toBe('t[0]: 2 records wait, none settled since offset 7');
  });
  it('is a failure once the partition is assigned', async () => {
    expect((await seeing({ assigned: true })).trouble()).toBeDefined();
  });
  it.each([
    ['a batch that was finished', { committed: 8n }, [LOOP]],
    ['a short time', {}, [{ ...LOOP, ageMs: 100 }]],
    ['no deaths', {}, []],
  ])('is none after %s', async (_what, where, deadly) => {
    expect((await seeing(where, deadly)).trouble()).toBeUndefined();
  });
  it('ends when the record is settled', async () => {
    const getting = await seeing({});
    getting.settled('t', 0, 8n);
    expect(getting.trouble()).toBeUndefined();
  });
});
