// Discarding parked messages: a reason and two people, the second of whom confirms exactly what was proposed; one message, or many in one
// act.
import { TOPICS } from '@hengji/contracts';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { closeAfterEachTest, startParts, until } from '@hengji/testing';
import sql, { raw } from 'sql-template-tag';
import { execute, parkingServer } from '../src';
import { CALL, consumerOf, KEY, parkedRows, parkingOf, relayOf, seals } from './hearing';
import { askedOf, effectsOf, keepAsked, listening, stage, writeEffect, type Stage } from './stage';

closeAfterEachTest();

const TOPIC = TOPICS.enforcement.name;
const operator = (officerId: string): Actor => ({ officerId, name: officerId, role: 'OPERATOR', authority: 'LN', institution: '' });
const A = operator('operator-a');
const B = operator('operator-b');

describe('discarding', () => {
  it('takes a reason and two people, keeps the message for ever, and releases the messages behind it in order', async () => {
    const at = await stage();
    const subscription = listening(async (released, ctx) => {
      if (released.row === 4) throw new Error('cannot');
      await writeEffect(released, ctx);
    });
    await startParts([relayOf(at), consumerOf(at, subscription)]);
    for (const row of [4, 5, 6]) await at.say(KEY, row);
    const [poison] = await until(
      () => parkedRows(at),
      (rows) => rows.length === 3,
      { withinMs: 30_000 },
    );
    const parking = parkingOf(at, subscription);
    const parkedId = poison?.parkedId ?? '';

    await expect(parking.confirmDiscard({ parkedId, actor: B, version: '' }, CALL)).rejects.toMatchObject({
      reason: 'discard.not_proposed',
    });
    await expect(parking.proposeDiscard({ parkedId, reason: ' ', actor: A }, CALL)).rejects.toMatchObject({ reason: 'discard.no_reason' });
    for (const actor of [undefined, { ...A, role: 'AUDITOR' as const }, operator('')]) {
      await expect(parking.proposeDiscard({ parkedId, reason: '伪造', actor }, CALL)).rejects.toMatchObject({
        reason: 'actor.not_allowed',
      });
    }
    const { message } = await parking.proposeDiscard({ parkedId, reason: '伪造的决定', actor: A }, CALL);
    expect(message?.proposal).toMatchObject({ reason: '伪造的决定', officerId: 'operator-a' });
    const version = message?.proposal?.version ?? '';
    await expect(parking.confirmDiscard({ parkedId, actor: A, version }, CALL)).rejects.toMatchObject({ reason: 'discard.same_person' });
    expect(await parking.confirmDiscard({ parkedId, actor: B, version }, CALL)).toEqual({ handled: 2, stillParked: 0, reason: '' });
    expect(await effectsOf(at.db, KEY)).toEqual([5, 6]);
    await expect(parking.confirmDiscard({ parkedId, actor: B, version }, CALL)).rejects.toMatchObject({ reason: 'parked.unknown' });

    // The caller is stored with each change, and not with a refused request.
    expect(await askedOf(at.db)).toEqual(['proposeDiscard operator-a', 'confirmDiscard operator-b']);
    const { messages: [discarded] = [] } = await parking.listDiscarded({ page: undefined }, CALL);
    expect(discarded).toMatchObject({ message: { parkedId, key: KEY }, proposal: { officerId: 'operator-a' }, confirmedBy: 'operator-b' });
    for (const change of ['UPDATE messaging.discarded SET tries = 9', 'DELETE FROM messaging.discarded', 'TRUNCATE messaging.discarded'])
      await expect(execute(at.db, raw(change))).rejects.toThrow(/never (?:changed|deleted)/);
    await at.say(KEY, 7);
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.join() === '5,6,7',
      { withinMs: 30_000 },
    );
  });
});

/** Rows as after a flood: `messages` quarantined rows, in the topic's partition 0 from offset `from` on. */
const quarantined = (at: Stage, messages: number, { from = 0, reason = 'seal.missing' }: { from?: number; reason?: string } = {}) =>
  execute(
    at.db,
    sql`INSERT INTO messaging.parked (topic, key, partition, "offset", event_id, type, source, state, reason, tries, value)
     SELECT ${TOPIC}, ${KEY}, 0, n, '', 'unreadable', '', 'quarantined', ${reason}, 0, ${Buffer.alloc(100, 7)}
     FROM generate_series(${from}::integer, ${from}::integer + ${messages}::integer - 1) AS n`,
  );

describe('a confirmation', () => {
  it.each([
    ['reason', { reason: '另一理由', actor: A }],
    ['person', { reason: '伪造的决定', actor: operator('operator-c') }],
    ['time', { reason: '伪造的决定', actor: A }],
  ])('is refused when the proposal has another %s than the one that was seen', async (_what, anew) => {
    const at = await stage();
    await quarantined(at, 1);
    const [row] = await parkedRows(at);
    const parkedId = row?.parkedId ?? '';
    let now = new Date('2026-01-31T08:00:00Z');
    const parking = parkingServer({ service: 'exam', db: at.db, topics: [listening()], seals: seals(), keepAsked, now: () => now });
    const seen = await parking.proposeDiscard({ parkedId, reason: '伪造的决定', actor: A }, CALL);
    now = new Date('2026-01-31T08:00:01Z');
    const { message } = await parking.proposeDiscard({ parkedId, ...anew }, CALL);
    for (const version of [seen.message?.proposal?.version ?? '', ''])
      await expect(parking.confirmDiscard({ parkedId, actor: B, version }, CALL)).rejects.toMatchObject({
        reason: 'parked.proposal_changed',
      });
    expect(await parkedRows(at)).toHaveLength(1);
    await parking.confirmDiscard({ parkedId, actor: B, version: message?.proposal?.version ?? '' }, CALL);
    expect(await parkedRows(at)).toEqual([]);
  });
});

describe('discarding a group', () => {
  const filter = { topic: TOPIC, reason: 'seal.missing', parkedFrom: undefined, parkedUntil: undefined };
  const left = async (at: Stage) => (await parkingOf(at).listParked({ page: undefined }, CALL)).total;

  it('takes 10,000 in one act by two people, and none that arrived after the proposal', async () => {
    const at = await stage();
    const parking = parkingOf(at);
    await quarantined(at, 10_000);
    await quarantined(at, 3, { from: 20_000, reason: 'seal.forged' });
    expect((await parking.listParkedGroups({}, CALL)).groups).toMatchObject([
      { topic: TOPIC, state: 'quarantined', reason: 'seal.missing', messages: 10_000n, notKept: 0n },
      { reason: 'seal.forged', messages: 3n },
    ]);
    const { group } = await parking.proposeGroupDiscard({ filter, reason: '成批伪造', actor: A }, CALL);
    expect(group).toMatchObject({ messages: 10_000n, proposal: { reason: '成批伪造', officerId: 'operator-a' } });
    await quarantined(at, 5, { from: 30_000 });
    expect((await parking.listParkedGroups({}, CALL)).proposals).toEqual([group]);
    const { groupId = '', digest = '' } = group ?? {};
    await expect(parking.confirmGroupDiscard({ groupId, digest, actor: A }, CALL)).rejects.toMatchObject({ reason: 'discard.same_person' });
    await expect(parking.confirmGroupDiscard({ groupId, digest: 'ab', actor: B }, CALL)).rejects.toMatchObject({
      reason: 'parked.proposal_changed',
    });
    const began = performance.now();
    expect(await parking.confirmGroupDiscard({ groupId, digest, actor: B }, CALL)).toEqual({ discarded: 10_000n });
    expect((await askedOf(at.db)).slice(-2)).toEqual(['proposeGroupDiscard operator-a', 'confirmGroupDiscard operator-b']);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(await left(at)).toBe(8n);
    const { messages: [discarded] = [] } = await parking.listDiscarded({ page: { after: '', limit: 1 } }, CALL);
    expect(discarded).toMatchObject({ proposal: { reason: '成批伪造', officerId: 'operator-a' }, confirmedBy: 'operator-b' });
    await expect(parking.confirmGroupDiscard({ groupId, digest, actor: B }, CALL)).rejects.toMatchObject({
      reason: 'discard.not_proposed',
    });
    await expect(execute(at.db, sql`UPDATE messaging.discard_group SET reason = 'x'`)).rejects.toThrow(/never changed/);
  });

  it('is refused when a message of the set was replayed or discarded alone, or another proposal has replaced it', async () => {
    const at = await stage();
    const parking = parkingOf(at);
    await quarantined(at, 3);
    const first = await parking.proposeGroupDiscard({ filter, reason: '伪造', actor: A }, CALL);
    await execute(at.db, sql`DELETE FROM messaging.parked WHERE "offset" = 1`);
    const confirm = (group: typeof first.group) =>
      parking.confirmGroupDiscard({ groupId: group?.groupId ?? '', digest: group?.digest ?? '', actor: B }, CALL);
    await expect(confirm(first.group)).rejects.toMatchObject({ reason: 'parked.proposal_changed' });
    // A proposal that cannot be confirmed any more is not listed.
    expect((await parking.listParkedGroups({}, CALL)).proposals).toEqual([]);
    expect(await left(at)).toBe(2n);
    const second = await parking.proposeGroupDiscard({ filter, reason: '伪造', actor: A }, CALL);
    await expect(confirm(first.group)).rejects.toMatchObject({ reason: 'discard.not_proposed' });
    expect(await confirm(second.group)).toEqual({ discarded: 2n });
  });

  it('is limited to its topic, reason and time, and takes no message that holds a key', async () => {
    const at = await stage();
    const parking = parkingOf(at);
    await quarantined(at, 4);
    await execute(at.db, sql`UPDATE messaging.parked SET parked_at = '2026-01-31T08:00:00Z' WHERE "offset" = 0`);
    await execute(at.db, sql`UPDATE messaging.parked SET state = 'poison' WHERE "offset" = 1`);
    const until = new Date('2026-01-31T08:00:01Z');
    const propose = (change: object) => parking.proposeGroupDiscard({ filter: { ...filter, ...change }, reason: '伪造', actor: A }, CALL);
    expect((await propose({ parkedUntil: until })).group).toMatchObject({ messages: 1n });
    expect((await propose({ parkedFrom: until, reason: '' })).group).toMatchObject({ messages: 2n });
    for (const nothing of [{ topic: 'exam.v1' }, { reason: 'seal.forged' }, { topic: '' }])
      await expect(propose(nothing)).rejects.toMatchObject({ reason: 'discard.empty_group' });
    await expect(parking.proposeGroupDiscard({ filter, reason: '伪造', actor: undefined }, CALL)).rejects.toMatchObject({
      reason: 'actor.not_allowed',
    });
  });
});
