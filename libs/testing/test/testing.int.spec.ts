// The fixtures of suites: separate databases, separate topics, and nothing left afterwards.
import { TOPICS } from '@hengji/contracts';
import { ExamEvent } from '@hengji/contracts/exam/v1/exam_events';
import { closeAll } from '../src/cleanup';
import { kafkaProbe, query, scratchDatabase, testDatabase, testPostgresUrl, topicPrefix } from '../src/index';

const databases = async (): Promise<string[]> =>
  (await query<{ datname: string }>(testPostgresUrl(), 'SELECT datname FROM pg_database')).map(({ datname }) => datname);
const nameOf = (url: string): string => new URL(url).pathname.slice(1);

describe('test databases', () => {
  it('are fresh, migrated and separate', async () => {
    const [one, two] = await Promise.all([testDatabase('exam'), testDatabase('exam')]);
    expect(one.url).not.toBe(two.url);
    await query(one.url, 'CREATE TABLE mark (n int)');
    const tables = async (url: string) =>
      (await query<{ tablename: string }>(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).map(
        ({ tablename }) => tablename,
      );
    expect(await tables(one.url)).toContain('mark');
    expect(await tables(two.url)).not.toContain('mark');
    expect((await tables(two.url)).length).toBeGreaterThan(0);
  });

  it('have only the schemas of the libraries, for the specs of libs', async () => {
    const { url } = await scratchDatabase();
    const [row] = await query<{ outbox: boolean }>(url, "SELECT to_regclass('messaging.outbox') IS NOT NULL AS outbox");
    expect(row?.outbox).toBe(true);
  });

  it('are gone after the drop, also when a client is still connected; a second drop does no harm', async () => {
    const { url, drop } = await scratchDatabase();
    expect(await databases()).toContain(nameOf(url));
    await drop();
    await drop();
    expect(await databases()).not.toContain(nameOf(url));
  });

  it('are dropped with the suite when the suite does not drop them', async () => {
    const { url } = await scratchDatabase();
    await closeAll();
    expect(await databases()).not.toContain(nameOf(url));
  });
});

it('a probe sends bytes and events and reads them back, separate from other suites', async () => {
  const [mine, other] = [kafkaProbe(topicPrefix()), kafkaProbe(topicPrefix())];
  await Promise.all([mine.createTopics([TOPICS.exam.name]), other.createTopics([TOPICS.exam.name])]);
  const event = ExamEvent.fromPartial({
    meta: { institution: 'S000021010001', sequence: 1n },
    body: { $case: 'plansReleased', value: { orderId: 'o1' } },
  });
  await mine.publish(TOPICS.exam, event);
  expect(await mine.events(TOPICS.exam)).toEqual([event]);
  await mine.produce(TOPICS.exam.name, { key: 'S000021010001', value: Uint8Array.from([0xff]), headers: { ce_id: 'x' } });
  const records = await mine.records(TOPICS.exam.name);
  expect(records.map(({ key, headers, value }) => [key, headers['ce_id'], value.length])).toEqual([
    ['S000021010001', '', ExamEvent.encode(event).finish().length],
    ['S000021010001', 'x', 1],
  ]);
  expect(await other.records(TOPICS.exam.name)).toEqual([]);
});
