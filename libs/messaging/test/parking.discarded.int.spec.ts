// An event that two people have discarded is settled: sent again, published again or read again from the beginning, it is a duplicate.
// Other bytes under its id are another message.
import { TOPICS } from '@hengji/contracts';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { closeAfterEachTest, kafkaProbe, sealedBytes, sealedMessages, startParts, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { republish, rowsOf } from '../src';
import { CALL, consumerOf, event, gapsOf, KEY, parkedRows, parkingOf, relayOf } from './hearing';
import { effectsOf, listening, rowReleased, stage, writeEffect, type Stage } from './stage';

closeAfterEachTest();

const TOPIC = TOPICS.enforcement;
const operator = (officerId: string): Actor => ({ officerId, name: officerId, role: 'OPERATOR', authority: 'LN', institution: '' });

let calls = 0;
const hearing = listening(async (released, ctx) => {
  if (released.row !== 4) return writeEffect(released, ctx);
  calls += 1;
  throw new Error('cannot');
});

const discardFirst = async (at: Stage): Promise<void> => {
  const parking = parkingOf(at, hearing);
  const [first] = await until(
    () => parkedRows(at),
    (rows) => rows.length > 0,
    { withinMs: 30_000 },
  );
  const parkedId = first?.parkedId ?? '';
  const { message } = await parking.proposeDiscard({ parkedId, reason: '该消息无法处理', actor: operator('a') }, CALL);
  await parking.confirmDiscard({ parkedId, actor: operator('b'), version: message?.proposal?.version ?? '' }, CALL);
};
const heard = (at: Stage, rows: readonly number[]): Promise<number[]> =>
  until(
    () => effectsOf(at.db, KEY),
    (seen) => seen.length >= rows.length,
    { withinMs: 30_000 },
  );

it('the owner’s Republish of a discarded number parks nothing and opens no gap', async () => {
  const at = await stage();
  await startParts([relayOf(at), consumerOf(at, hearing)]);
  for (const row of [4, 5]) await at.say(KEY, row);
  await discardFirst(at);
  expect(await heard(at, [5])).toEqual([5]);
  const before = calls;
  expect(await republish(at.db, { topic: TOPIC.name, key: KEY, first: 1n, last: 2n })).toBe(2);
  await at.say(KEY, 6);
  expect(await heard(at, [5, 6])).toEqual([5, 6]);
  expect(calls).toBe(before);
  expect(await parkedRows(at)).toEqual([]);
  expect(await gapsOf(at)).toEqual([]);
  expect(await rowsOf(at.db, sql`SELECT last::text FROM messaging.seen_sequence`)).toEqual([{ last: '3' }]);
});

it('a copy that arrived while the event was parked is discarded with it', async () => {
  const at = await stage();
  const probe = kafkaProbe(at.prefix);
  const [poison] = sealedMessages(TOPIC, [event(1, rowReleased('order-1', 4))]);
  if (!poison) throw new Error('no message');
  await probe.produce(TOPIC.name, poison, poison);
  await probe.publish(TOPIC, event(2));
  await startParts([consumerOf(at, hearing)]);
  await until(
    () => parkedRows(at),
    (rows) => rows.length === 2,
    { withinMs: 30_000 },
  );
  await discardFirst(at);
  expect(await heard(at, [2])).toEqual([2]);
  expect(await parkedRows(at)).toEqual([]);
});

it('discarded malformed bytes are recognized when they arrive again', async () => {
  const at = await stage();
  const probe = kafkaProbe(at.prefix);
  await startParts([consumerOf(at, hearing)]);
  const malformed = sealedBytes(TOPIC, [{ event: event(1), value: Buffer.from([0xff, 0xff]) }]);
  await probe.produce(TOPIC.name, ...malformed);
  await discardFirst(at);
  await probe.produce(TOPIC.name, ...malformed);
  // The same bytes under another id are another message.
  await probe.produce(TOPIC.name, ...sealedBytes(TOPIC, [{ event: event(2), value: Buffer.from([0xff, 0xff]) }]));
  const rows = await until(
    () => parkedRows(at),
    (all) => all.length > 0,
    { withinMs: 30_000 },
  );
  expect(rows.map(({ eventId, state }) => [eventId, state])).toEqual([[event(2).meta?.eventId, 'poison']]);
  expect(await gapsOf(at)).toEqual([]);
});

it('other bytes under the id of a discarded event are another message with a used number, for an operator to check', async () => {
  const at = await stage();
  const probe = kafkaProbe(at.prefix);
  await startParts([consumerOf(at, hearing)]);
  await probe.publish(TOPIC, event(1, rowReleased('order-1', 4)));
  await discardFirst(at);
  await probe.publish(TOPIC, event(1, rowReleased('order-1', 7)));
  const rows = await until(
    () => parkedRows(at),
    (all) => all.length > 0,
    { withinMs: 30_000 },
  );
  expect(rows.map(({ state, reason }) => [state, reason?.split(':')[0]])).toEqual([['quarantined', 'sequence.number_taken']]);
});

it('a discarded forged record does not replace the true record with the same bytes', async () => {
  const at = await stage();
  const probe = kafkaProbe(at.prefix);
  await startParts([consumerOf(at, hearing)]);
  const [real] = sealedMessages(TOPIC, [event(1)]);
  if (!real) throw new Error('no message');
  await probe.produce(TOPIC.name, { ...real, headers: { ...real.headers, hengji_seal: 'x' } });
  await discardFirst(at);
  await probe.produce(TOPIC.name, real);
  expect(await heard(at, [1])).toEqual([1]);
});
