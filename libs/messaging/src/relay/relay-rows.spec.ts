import { TOPICS } from '@hengji/contracts';
import { batchesOf, envelopeBytes, sendable, type OutboxRow } from './relay-rows';

const BODY = {
  $case: 'rowReleased' as const,
  value: {
    orderId: 'o',
    row: 3,
    afterRoot: Buffer.from('root'),
    reconfirmed: false,
    signedCount: 0n,
    signedRoot: Buffer.alloc(0),
    seal: undefined,
  },
};

const row = (over: Partial<OutboxRow> = {}): OutboxRow => ({
  id: '1',
  event_id: '01900000-0000-7000-8000-000000000001',
  topic: 'enforcement.v1',
  key: 'S000210000001',
  sequence: '9007199254740993',
  type: 'rowReleased',
  order_id: 'o',
  body: Buffer.from(TOPICS.enforcement.codec.encode({ meta: undefined, body: BODY }).finish()),
  traceparent: null,
  occurred_at: new Date('2026-11-03T01:02:03.456Z'),
  ...over,
});

describe('the relay', () => {
  it.each(Object.values(TOPICS).map((topic) => [topic.name, topic] as const))('puts meta into the field that %s uses', (_name, topic) => {
    const { meta } = topic.codec.decode(envelopeBytes(row({ body: Buffer.alloc(0) })));
    expect(meta).toEqual({
      eventId: row().event_id,
      occurredAt: row().occurred_at,
      institution: row().key,
      sequence: 9007199254740993n,
      orderId: 'o',
    });
  });

  it('puts meta in front of the body', () => {
    const event = TOPICS.enforcement.codec.decode(envelopeBytes(row()));
    expect(event.body).toEqual(BODY);
  });

  it('leaves out headers without a value', () => {
    const [batch] = batchesOf([row({ order_id: '' })], 'hengji/enforcement');
    expect(Object.keys(batch?.records[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(['hengji_order_id', 'traceparent']));
    const [traced] = batchesOf([row({ traceparent: '00-a-b-01' })], 'hengji/enforcement');
    expect(traced?.records[0]?.headers).toMatchObject({ traceparent: '00-a-b-01', hengji_order_id: 'o', ce_sequence: '9007199254740993' });
  });

  it('groups by topic and keeps the order', () => {
    const batches = batchesOf([row({ key: 'a' }), row({ key: 'b', topic: 'exam.v1' }), row({ key: 'c' })], 's');
    expect(batches.map(({ topic, records }) => [topic, records.map(({ key }) => key)])).toEqual([
      ['enforcement.v1', ['a', 'c']],
      ['exam.v1', ['b']],
    ]);
  });

  it('cuts rows into sends below the limit of the broker', () => {
    const rows = Array.from({ length: 5 }, (_, id) => row({ id: String(id), body: Buffer.alloc(400_000) }));
    expect(sendable(rows).map((stretch) => stretch.map(({ id }) => id))).toEqual([['0', '1'], ['2', '3'], ['4']]);
    expect(sendable([])).toEqual([]);
    expect(sendable([row({ body: Buffer.alloc(940_000) }), row()])).toHaveLength(1);
  });
});
