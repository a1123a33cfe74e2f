import { TOPICS, type Body } from '@hengji/contracts';
import { type EnforcementEvent, OrderCompleted, RowReleased } from '@hengji/contracts/enforcement/v1/enforcement_events';
// Every process of the system loads this module; it brings strict UTF-8 decoding.
import '@hengji/host';
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
import { describe as inWords, givenUp, isReadable, MAX_RECORD_BYTES, NotSealed, readRecord, type RawRecord } from './arrival';
import { SEAL_HEADER } from '../seal/record-seal';
import type { SealCheck } from '../seal/seal-check';
import { subscribe } from '../subscription';

const subscription = subscribe(TOPICS.enforcement, {
  orderIssued: 'ignored',
  rowReleased: async () => undefined,
  orderLifted: 'ignored',
  orderCompleted: 'ignored',
  rowOverdue: 'ignored',
  orderReopened: 'ignored',
  orderSuspended: 'ignored',
  orderResumed: 'ignored',
  caseAdvanced: 'ignored',
  decisionPublished: 'ignored',
  decisionListed: 'ignored',
  decisionWithdrawn: 'ignored',
  deadlineNearing: 'ignored',
  deadlinePassed: 'ignored',
});

const META: EventMeta = {
  eventId: '01900000-0000-7000-8000-000000000001',
  occurredAt: new Date('2026-11-03T01:02:03Z'),
  institution: 'S000210000001',
  sequence: 1n,
  orderId: '',
};
const BODY: Body<EnforcementEvent> = { $case: 'rowReleased', value: RowReleased.fromPartial({ orderId: 'o', row: 1 }) };

const HOLDS: SealCheck = () => ({ holds: true, sealed: true });

const raw = (value: Uint8Array): RawRecord => ({
  partition: 0,
  offset: 1n,
  key: META.institution,
  value,
  headers: {},
});
const encoded = (event: EnforcementEvent): Uint8Array => TOPICS.enforcement.codec.encode(event).finish();

describe('readRecord', () => {
  it('finds the handler of an event', () => {
    const arrival = readRecord(subscription, raw(encoded({ meta: META, body: BODY })), HOLDS);
    expect(arrival).toMatchObject({ type: 'rowReleased', meta: META, event: BODY.value, handler: expect.any(Function) });
  });

  it('recognizes an event type that is ignored on purpose', () => {
    const body: Body<EnforcementEvent> = {
      $case: 'orderCompleted',
      value: OrderCompleted.fromPartial({ orderId: 'o', completedAt: new Date() }),
    };
    expect(readRecord(subscription, raw(encoded({ meta: META, body })), HOLDS)).toMatchObject({ handler: 'ignored' });
  });

  it.each([
    ['no bytes', Buffer.alloc(0), /without meta/],
    ['bytes cut off', encoded({ meta: META, body: BODY }).slice(0, -3), /malformed/],
    ['text', Buffer.from('{"orderId":"o"}'), /malformed|without meta/],
    ['no meta', encoded({ meta: undefined, body: BODY }), /without meta/],
    ['an event id that is none', encoded({ meta: { ...META, eventId: 'x' }, body: BODY }), /event id/],
    ['an unknown body', Buffer.concat([encoded({ meta: META, body: undefined }), Buffer.from([0xf2, 0x07, 0x01, 0x00])]), /newer/],
    [
      'an event under the key of another institution',
      encoded({ meta: { ...META, institution: 'S000210000002' }, body: BODY }),
      /is not the/,
    ],
    ['text that is not UTF-8', Buffer.from([0x0a, 0x04, 0x0a, 0x02, 0xc3, 0x28]), /malformed/],
    [
      'a sequence that no table holds',
      encoded({ meta: { ...META, sequence: 2n ** 64n - 1n }, body: BODY }),
      /sequence 18446744073709551615/,
    ],
    ['more elements than fit into memory', Buffer.alloc(900_000, Buffer.from([0x32, 0x00])), /elements/],
    ['too many bytes', Buffer.alloc(MAX_RECORD_BYTES + 1), /more than/],
  ])('cannot read %s', (_what, bytes, reason) => {
    const arrival = readRecord(subscription, raw(bytes), HOLDS);
    expect(isReadable(arrival)).toBe(false);
    expect(arrival).toMatchObject({ reason: expect.stringMatching(reason), tries: 0, holdsKey: true });
  });

  it('does not decode a record whose seal is invalid, and such a record holds no key', () => {
    const check: SealCheck = () => ({ holds: false, reason: 'seal.forged' });
    const arrival = readRecord(subscription, raw(encoded({ meta: META, body: BODY })), check);
    expect(arrival).toMatchObject({ reason: 'seal.forged', holdsKey: false, meta: undefined, type: 'unreadable' });
  });

  it.each([
    ['id', { ce_id: 'x', ce_sequence: '1' }],
    ['number', { ce_id: META.eventId, ce_sequence: '2' }],
  ])('cannot read an envelope of another %s than its headers', (_what, headers) => {
    const record = { ...raw(encoded({ meta: META, body: BODY })), headers: { ...headers, [SEAL_HEADER]: 's' } };
    expect(readRecord(subscription, record, HOLDS)).toMatchObject({ reason: expect.stringContaining('another event'), holdsKey: true });
  });

  it('gives up a readable record with its reason and its tries', () => {
    const arrival = readRecord(subscription, raw(encoded({ meta: META, body: BODY })), HOLDS);
    if (!isReadable(arrival)) throw new Error('not readable');
    expect(givenUp(arrival, new Error('no'), 5)).toMatchObject({ meta: META, type: 'rowReleased', reason: 'Error: no', tries: 5 });
  });

  it('quarantines an unsealed record without holding its key', () => {
    const arrival = readRecord(subscription, raw(encoded({ meta: META, body: BODY })), HOLDS);
    if (!isReadable(arrival)) throw new Error('not readable');
    expect(givenUp(arrival, new NotSealed('forged'), 0)).toMatchObject({ reason: 'NotSealed: forged', holdsKey: false });
  });
});

describe('describe', () => {
  it('masks personal numbers and keeps the text short', () => {
    expect(inWords(new Error('person 21010219900101123X unknown'))).toBe('Error: person *** unknown');
    expect(inWords('x'.repeat(1_000))).toHaveLength(500);
    expect(inWords('a\0b\ud800')).toBe('a\uFFFDb\uFFFD');
  });
});
