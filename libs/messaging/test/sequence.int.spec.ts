import { TOPICS } from '@hengji/contracts';
import { RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { type ReportEvent, RowRefused } from '@hengji/contracts/enforcement/v1/report_events';
import { closeAfterEachTest, kafkaProbe, startParts, until } from '@hengji/testing';
import sql from 'sql-template-tag';
import { execute, republish, subscribe, type MessageContext, type SqlTx } from '../src';
import { CALL, consumerOf, event, gapsOf, KEY, parkingOf, relayOf } from './hearing';
import { effectsOf, stage, upTo, waiting, writeEffect } from './stage';

closeAfterEachTest();

describe('the sequence', () => {
  it('shows missing events, and closes the gap piece by piece when they arrive', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    await startParts([consumerOf(at)]);
    await probe.publish(TOPICS.enforcement, event(1), event(5));
    const [gap] = await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 1,
    );
    expect(gap).toMatchObject({ topic: 'enforcement.v1', key: KEY, firstMissing: 2n, lastMissing: 4n });
    await probe.publish(TOPICS.enforcement, event(3));
    const pieces = await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 2,
    );
    expect(pieces.map(({ firstMissing, lastMissing }) => [firstMissing, lastMissing])).toEqual([
      [2n, 2n],
      [4n, 4n],
    ]);
    const asked = { page: { after: '', limit: 1 } };
    const first = await parkingOf(at).listGaps(asked, CALL);
    expect(first).toMatchObject({ gaps: [{ firstMissing: 2n }], total: 2n });
    expect(await parkingOf(at).listGaps({ page: { after: first.next ?? '', limit: 2 } }, CALL)).toMatchObject({
      gaps: [{ firstMissing: 4n }],
      next: '',
    });
    await probe.publish(TOPICS.enforcement, event(2), event(4), event(4));
    await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 0,
    );
    expect(await effectsOf(at.db, KEY)).toEqual([1, 5, 3, 2, 4]);
  });

  it('is completed by publishing the stretch again', async () => {
    const at = await stage();
    for (const row of upTo(4)) await at.say(KEY, row);
    // An event that Kafka has lost was still marked as published.
    await execute(at.db, sql`UPDATE messaging.outbox SET published_at = now() WHERE sequence IN (2, 3)`);
    await startParts([relayOf(at), consumerOf(at)]);
    await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 1,
    );
    expect(await republish(at.db, { topic: 'enforcement.v1', key: KEY, first: 2n, last: 3n })).toBe(2);
    await until(
      () => gapsOf(at),
      (gaps) => gaps.length === 0,
    );
    expect(await waiting(at.db)).toBe(0);
  });

  it('counts each writer of a topic separately', async () => {
    const at = await stage();
    const probe = kafkaProbe(at.prefix);
    const effect = ({ row }: { row: number }, { tx, meta }: MessageContext<SqlTx>): Promise<void> =>
      writeEffect(RowReleased.fromPartial({ row }), { tx, meta, writer: '', now: new Date() });
    const reports = subscribe(TOPICS.reports, { rowReported: 'ignored', rowRefused: effect, rowProgressed: 'ignored' });
    await startParts([consumerOf(at, reports)]);
    const by = (service: string, eventId: string): ReportEvent => {
      const { meta } = event(1);
      return { meta: meta && { ...meta, eventId }, body: { $case: 'rowRefused', value: RowRefused.fromPartial({ service, row: 1 }) } };
    };
    await probe.publish(
      TOPICS.reports,
      by('exam', '01900000-0000-7000-8000-00000000000a'),
      by('subsidy', '01900000-0000-7000-8000-00000000000b'),
    );
    await until(
      () => effectsOf(at.db, KEY),
      (rows) => rows.length === 2,
    );
    expect(await gapsOf(at)).toEqual([]);
  });
});
