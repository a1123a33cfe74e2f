// Conflicting events of one writer, and which keys one writer's unreadable message holds.
import { TOPICS } from '@hengji/contracts';
import { RowRefused } from '@hengji/contracts/enforcement/v1/report_events';
import type { ReportEvent } from '@hengji/contracts/enforcement/v1/report_events';
import { closeAfterEachTest, kafkaProbe, sealedBytes, sealedMessages, startParts, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { consumer, execute, NotSealed, rowsOf, subscribe, type MessageContext, type SqlTx } from '../src';
import { CALL, consumerOf, event, gapsOf, KEY, parkedRows, parkingOf, seals } from './hearing';
import { rawProducer } from './raw-producer';
import { effectsOf, listening, log, stage, upTo, writeEffect, type Stage } from './stage';

closeAfterEachTest();

const TOPIC = TOPICS.enforcement.name;

const handled = (at: Stage, rows: readonly number[]) =>
  until(
    () => effectsOf(at.db, KEY),
    (seen) => seen.length >= rows.length,
    { withinMs: 20_000 },
  );

describe('a number that its writer uses for two events', () => {
  const other = (number: number) => {
    const { meta, body } = event(number);
    return { meta: meta && { ...meta, eventId: `01900000-0000-7000-8000-0000000000f${number}` }, body };
  };

  it.each([
    ['later', async (at: Stage) => kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1), event(2)), [other(2), other(2), event(3)]],
    ['at once', async () => undefined, [event(1), event(2), other(2), other(2), event(3)]],
  ] as const)('is quarantined when it comes %s, and the key goes on', async (_when, before, then) => {
    const at = await stage();
    await startParts([consumerOf(at)]);
    await before(at);
    if (then.length === 3) await handled(at, upTo(2));
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, ...then);
    await handled(at, upTo(3));
    expect(await effectsOf(at.db, KEY)).toEqual(upTo(3));
    const rows = await parkedRows(at);
    // Once, however often it arrives.
    expect(rows.map(({ state }) => state)).toEqual(['quarantined']);
    expect(rows[0]?.reason).toMatch(/^sequence.number_taken/);
    // An operator who confirms it replays it.
    const { handled: replayed } = await parkingOf(at).replayParked(
      { topic: '', key: '', parkedId: rows[0]?.parkedId ?? '', actor: undefined },
      CALL,
    );
    expect([replayed, await effectsOf(at.db, KEY)]).toEqual([1, [1, 2, 3, 2]]);
  });

  it('does not count as used where the event was missing, or arrives again', async () => {
    const at = await stage();
    await startParts([consumerOf(at)]);
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(3), event(1), event(3), event(1), event(2), event(2));
    await handled(at, upTo(3));
    await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(2), event(4));
    await handled(at, upTo(4));
    expect(await effectsOf(at.db, KEY)).toEqual([3, 1, 2, 4]);
    expect([await parkedRows(at), await gapsOf(at)]).toEqual([[], []]);
  });
});

it('a record copied into another partition has one effect, and the numbers show that it came early', async () => {
  const at = await stage();
  const partitionOf = async () => {
    const ends = await at.kafka.endOffsets(TOPIC);
    return [...ends].find(([, end]) => end > 0n)?.[0] ?? 0;
  };
  const [copy] = sealedMessages(TOPICS.enforcement, [event(2)]);
  await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1));
  const produce = await rawProducer(at.prefix);
  const own = await partitionOf();
  await at.kafka.removeRecords(TOPIC);
  await produce(TOPIC, (own + 1) % 3, [{ key: KEY, value: Buffer.from(copy?.value ?? []), headers: { ...copy?.headers } }]);
  await startParts([consumerOf(at)]);
  await handled(at, [2]);
  expect((await gapsOf(at)).map(({ firstMissing, lastMissing }) => [firstMissing, lastMissing])).toEqual([[1n, 1n]]);
  await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1), event(2));
  await handled(at, upTo(2));
  await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(3));
  await handled(at, upTo(3));
  expect([await effectsOf(at.db, KEY), await gapsOf(at), await parkedRows(at)]).toEqual([[2, 1, 3], [], []]);
});

describe('a report that cannot be read', () => {
  const REPORTS = TOPICS.reports.name;
  const report = (service: string, number: number): ReportEvent => {
    const { meta } = event(number);
    const eventId = `01900000-0000-7000-8000-${Buffer.from(service).toString('hex').slice(0, 8)}${String(number).padStart(4, '0')}`;
    return { meta: meta && { ...meta, eventId }, body: { $case: 'rowRefused', value: RowRefused.fromPartial({ service, row: number }) } };
  };
  const hearing = (at: Stage) => {
    const effect = async ({ service, row }: RowRefused, { tx, meta }: MessageContext<SqlTx>): Promise<void> => {
      await execute(tx, sql`INSERT INTO effect (key, row, order_id) VALUES (${meta.institution}, ${row}::integer, ${service})`);
    };
    const reports = subscribe(TOPICS.reports, { rowReported: 'ignored', rowRefused: effect, rowProgressed: 'ignored' });
    return { part: consumerOf(at, reports), parking: parkingOf(at, reports) };
  };
  const saidBy = async (at: Stage, service: string): Promise<number[]> =>
    (await rowsOf<{ row: number }>(at.db, sql`SELECT row FROM effect WHERE order_id = ${service} ORDER BY id`)).map(({ row }) => row);
  const malformed = (service: string, number: number) =>
    sealedBytes(TOPICS.reports, [{ event: report(service, number), value: Buffer.from([0xff]) }]);
  const until2 = (at: Stage, service: string, rows: number) =>
    until(
      () => saidBy(at, service),
      (seen) => seen.length === rows,
    );

  it('holds the reports of its writer about the institution, and of no other writer', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const { part, parking } = hearing(at);
    await startParts([part]);
    await probe.produce(REPORTS, ...malformed('exam', 1));
    await probe.publish(TOPICS.reports, report('exam', 2), report('subsidy', 1));
    await until2(at, 'subsidy', 1);
    await probe.produce(REPORTS, ...malformed('subsidy', 2));
    await probe.publish(TOPICS.reports, report('subsidy', 3), report('approval', 1));
    await until2(at, 'approval', 1);
    expect((await parkedRows(at)).map(({ state }) => state)).toEqual(['poison', 'behind', 'poison', 'behind']);
    // Exam's message is discarded: the messages behind it are handled, and subsidy's messages still wait.
    const [{ parkedId = '' } = {}] = await parkedRows(at);
    const actor = { officerId: 'o-1', name: '甲', role: 'OPERATOR' as const, authority: '', institution: '' };
    const { message } = await parking.proposeDiscard({ parkedId, reason: '损坏', actor }, CALL);
    const version = message?.proposal?.version ?? '';
    const discarded = await parking.confirmDiscard({ parkedId, version, actor: { ...actor, officerId: 'o-2' } }, CALL);
    expect(discarded).toMatchObject({ handled: 1, stillParked: 2 });
    expect([await saidBy(at, 'exam'), await saidBy(at, 'subsidy')]).toEqual([[2], [1]]);
    await probe.publish(TOPICS.reports, report('exam', 3), report('subsidy', 4));
    await until2(at, 'exam', 2);
    await until(
      () => parkedRows(at),
      (rows) => rows.length === 3,
    );
  });

  it('holds all writers where the version before recorded the hold', async () => {
    const at = await stage();
    await execute(at.db, sql`INSERT INTO messaging.parked_key (topic, key) VALUES (${REPORTS}, ${KEY}) ON CONFLICT DO NOTHING`);
    const { part, parking } = hearing(at);
    await startParts([part]);
    await kafkaProbe(at.prefix).publish(TOPICS.reports, report('exam', 1), report('subsidy', 1));
    await until(
      () => parkedRows(at),
      (rows) => rows.length === 2,
    );
    expect(await parking.replayParked({ topic: REPORTS, key: KEY, parkedId: '', actor: undefined }, CALL)).toMatchObject({
      handled: 2,
      stillParked: 0,
    });
    expect(await rowsOf(at.db, sql`SELECT key FROM messaging.parked_key`)).toEqual([]);
  });
});

const BROKEN = () => sealedBytes(TOPICS.enforcement, [{ event: event(2), value: Buffer.from([0xff]) }]);
const untilParked = (at: Stage, rows: number) =>
  until(
    () => parkedRows(at),
    (parked) => parked.length === rows,
  );

it('an event id that another writer has used before hides no event', async () => {
  const at = await stage();
  const said: string[] = [];
  const rowRefused = async ({ service }: RowRefused): Promise<void> => void said.push(service);
  const topics = [listening(), subscribe(TOPICS.reports, { rowReported: 'ignored', rowRefused, rowProgressed: 'ignored' })];
  const { meta } = event(1);
  const refusedBy = (service: string): ReportEvent => ({
    meta,
    body: { $case: 'rowRefused', value: RowRefused.fromPartial({ service, row: 1 }) },
  });
  await kafkaProbe(at.prefix).publish(TOPICS.reports, refusedBy('exam'), refusedBy('subsidy'), refusedBy('exam'), refusedBy('subsidy'));
  await startParts([consumer({ service: 'exam', db: at.db, kafka: at.kafka, topics, seals: seals(), log })]);
  await until(
    async () => said,
    (services) => services.length === 2,
  );
  // An event that the version before has handled is identified by its id alone.
  await execute(at.db, sql`INSERT INTO messaging.inbox (event_id) VALUES (${event(2).meta?.eventId}::uuid)`);
  await kafkaProbe(at.prefix).publish(TOPICS.enforcement, event(1), event(1), event(2), event(3));
  await handled(at, [1, 3]);
  expect([said.toSorted(), await effectsOf(at.db, KEY), await parkedRows(at)]).toEqual([['exam', 'subsidy'], [1, 3], []]);
});

it('copies that arrive while a key is held are parked once, or not at all when they were handled', async () => {
  const at = await stage();
  await startParts([consumerOf(at)]);
  const probe = kafkaProbe(at.prefix);
  await probe.publish(TOPICS.enforcement, event(1));
  await handled(at, [1]);
  await probe.produce(TOPIC, ...BROKEN(), ...BROKEN());
  const waits = event(3);
  await probe.publish(TOPICS.enforcement, event(1), waits, event(1), waits, waits, event(4));
  await untilParked(at, 3);
  expect((await parkedRows(at)).map(({ state }) => state)).toEqual(['poison', 'behind', 'behind']);
  await execute(at.db, sql`DELETE FROM messaging.parked WHERE state = 'poison'`);
  await parkingOf(at).replayParked({ topic: TOPIC, key: KEY, parkedId: '', actor: undefined }, CALL);
  await probe.publish(TOPICS.enforcement, waits, event(5));
  await handled(at, [1, 3, 4, 5]);
  expect(await effectsOf(at.db, KEY)).toEqual([1, 3, 4, 5]);
});

it('an event under a used number is not handled past a parked event', async () => {
  const at = await stage();
  await startParts([consumerOf(at)]);
  const probe = kafkaProbe(at.prefix);
  const { meta, body } = event(1);
  await probe.publish(TOPICS.enforcement, event(1));
  await probe.produce(TOPIC, ...BROKEN());
  const other = { meta: meta && { ...meta, eventId: '01900000-0000-7000-8000-0000000000f1' }, body };
  await probe.publish(TOPICS.enforcement, other, other, event(3));
  await untilParked(at, 3);
  expect((await parkedRows(at)).map(({ state }) => state).toSorted()).toEqual(['behind', 'poison', 'quarantined']);
  await execute(at.db, sql`DELETE FROM messaging.parked WHERE state = 'poison'`);
  await parkingOf(at).replayParked({ topic: TOPIC, key: KEY, parkedId: '', actor: undefined }, CALL);
  expect(await effectsOf(at.db, KEY)).toEqual([1, 3]);
});

it('the number of an event whose content is not sealed is counted, and its copies are parked once', async () => {
  const at = await stage();
  const refusing = listening(async (said, ctx) => {
    if (said.row === 1) throw new NotSealed('of nobody');
    await writeEffect(said, ctx);
  });
  await startParts([consumerOf(at, refusing)]);
  const first = event(1);
  await kafkaProbe(at.prefix).publish(TOPICS.enforcement, first, first, event(2));
  await handled(at, [2]);
  expect([await gapsOf(at), (await parkedRows(at)).map(({ state }) => state)]).toEqual([[], ['quarantined']]);
});
