import { randomUUID } from 'node:crypto';
import { CertificateEvent } from './generated/hengji/certificate/v1/certificate_events';
import { EnforcementEvent, OrderIssued } from './generated/hengji/enforcement/v1/enforcement_events';
import { Scope } from './generated/hengji/enforcement/v1/order';
import { countElements, MAX_ELEMENTS } from './protobuf-bounds';

const repeated = (count: number, ...unit: number[]): Buffer => Buffer.alloc(count * unit.length, Buffer.from(unit));
const varint = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)]);
/** A length-delimited field. */
const field = (number: number, content: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(content.length)]), content]);
const BOMB = repeated(450_000, 0x32, 0x00);
/** A generator of small whole numbers, the same in every run. */
const random = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
};

const ROW = 6;
const BODY_ISSUED = 10;

describe('countElements', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 0],
    ['one number', Buffer.from([0x08, 0x01]), 1],
    ['a number of ten bytes', Buffer.from([0x08, ...repeated(9, 0xff), 0x01, 0x08, 0x01]), 2],
    ['fixed numbers', Buffer.from([0x0d, 1, 2, 3, 4, 0x09, 1, 2, 3, 4, 5, 6, 7, 8]), 2],
    ['empty rows', repeated(5, 0x32, 0x00), 5],
    ['rows with a field each', field(ROW, Buffer.from([0x08, 0x01])), 2],
    ['text, whatever it says', field(1, Buffer.from('2'.repeat(1_000))), 1],
    ['Chinese text', field(1, Buffer.from('吊销职业技能等级证书的决定'.repeat(100))), 1],
    ['a length without its content', Buffer.from([0x0a, 0xff]), 1],
    [
      'what follows a group in its message',
      Buffer.concat([Buffer.from([0x7b, 0x08, 0x01, 0x7c]), field(ROW, Buffer.from([0x08, 0x01]))]),
      5,
    ],
  ])('counts %s', (_what, bytes, elements) => {
    expect(countElements(OrderIssued, bytes, 1_000)).toBe(elements);
  });

  const issued = (content: Uint8Array): Buffer => field(BODY_ISSUED, content);

  it.each([
    ['empty rows of an order', issued(BOMB)],
    ['rows, then bytes that are no field', issued(Buffer.concat([BOMB, Buffer.from([0x07])]))],
    ['rows behind a group', issued(Buffer.concat([Buffer.from([0x7b, 0x7c]), BOMB]))],
    [
      'rows behind a group with a field that claims to be longer than all bytes',
      Buffer.concat([Buffer.from([0x7b, BODY_ISSUED * 8 + 2, 0x06, 0x0c, 0x7a, 0xff, 0xff, 0xff, 0x7f, 0x7c]), issued(BOMB)]),
    ],
    ['rows in a group', issued(Buffer.concat([Buffer.from([0x7b]), BOMB]))],
    [
      'rows behind the end of a group, which sends the decoder back to the message around',
      issued(Buffer.concat([Buffer.from([0x04]), BOMB])),
    ],
    ['rows behind a tag 0', issued(Buffer.concat([Buffer.from([0x00]), BOMB]))],
    [
      'rows in a message that is longer than the message around it',
      Buffer.concat([Buffer.from([BODY_ISSUED * 8 + 2, 0x04, ROW * 8 + 2, ...varint(900_000)]), BOMB]),
    ],
    ['rows in a message whose length exceeds the bytes', Buffer.concat([Buffer.from([BODY_ISSUED * 8 + 2, ...varint(2_000_000)]), BOMB])],
    ['two hundred thousand groups in one another', repeated(200_000, 0x7b)],
    ['numbers that are not packed', repeated(450_000, 0x18, 0x01)],
    ['fields that nobody knows', repeated(450_000, 0x7a, 0x00)],
  ])('stops at the limit at %s', (_what, bytes) => {
    expect(countElements(EnforcementEvent, bytes, MAX_ELEMENTS)).toBe(MAX_ELEMENTS + 1);
  });

  it('never counts fewer objects than the decoder makes, whatever the bytes', () => {
    const pieces = [
      [0x7b],
      [0x7c],
      [0x00],
      [0x04],
      [0x82, 0x01],
      [0x52],
      [0x32],
      [0x0a],
      [0x08],
      [0x01],
      [0x02],
      [0x06],
      [0x0c],
      [0x7a],
      [0xff, 0x7f],
      [0x1a, 0x00],
      [0x32, 0x00],
      [0x32, 0x02, 0x08, 0x01],
    ];
    const draw = random(7);
    const objectsIn = (value: unknown): number =>
      typeof value !== 'object' || value === null || value instanceof Uint8Array || value instanceof Date
        ? 0
        : Object.values(value).reduce<number>((sum, item) => sum + objectsIn(item), Array.isArray(value) ? 0 : 1);
    let decoded = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = Buffer.from(Array.from({ length: 1 + draw(40) }, () => pieces[draw(pieces.length)] ?? []).flat());
      for (const codec of [OrderIssued, EnforcementEvent]) {
        let made: unknown;
        try {
          made = codec.decode(bytes);
        } catch {
          continue;
        }
        decoded += 1;
        // A union adds an object around its message, and the message itself is an object too.
        expect(2 * countElements(codec, bytes, 1_000) + 1).toBeGreaterThanOrEqual(objectsIn(made));
      }
    }
    expect(decoded).toBeGreaterThan(1_000);
  });

  it('has the fields of every message that a subscription or a service decodes', () => {
    expect(() => countElements({ $type: 'hengji.nowhere.v1.Nothing' }, Buffer.alloc(0), 1)).toThrow('no message');
  });

  const certificate = (index: number) => ({
    number: `S00021000000126${String(index).padStart(6, '0')}X`,
    resultId: randomUUID(),
    person: randomUUID().replaceAll('-', ''),
    institution: 'S000210000001',
    planId: randomUUID(),
    sessionId: randomUUID(),
    occupation: '4-03-02-01',
    level: '3',
    examDate: '2026-11-03',
    issuedOn: '2026-11-20',
  });
  const certificates = Array.from({ length: 1_000 }, (_, index) => certificate(index));
  const numbers = Array.from({ length: 10_000 }, (_, index) => `S00021000000126${String(index).padStart(6, '0')}`);

  it.each([
    [
      '1,000 certificates',
      CertificateEvent,
      CertificateEvent.encode(CertificateEvent.fromPartial({ body: { $case: 'certificatesIssued', value: { certificates } } })),
    ],
    ['a list of 10,000 numbers', Scope, Scope.encode(Scope.fromPartial({ persons: numbers }))],
    ['10,000 numbers in one text', Scope, Scope.encode(Scope.fromPartial({ institution: numbers.join('\n') }))],
  ])('accepts %s', (_what, codec, writer) => {
    expect(countElements(codec, writer.finish(), MAX_ELEMENTS)).toBeLessThanOrEqual(15_000);
  });
});
