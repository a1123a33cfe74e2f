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
const nested = (levels: number): Buffer => {
  let bytes = repeated(200_000, 0x0a, 0x00);
  for (let level = 0; level < levels; level += 1) bytes = field(1, bytes);
  return bytes;
};

describe('countElements', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 0],
    ['one number', Buffer.from([0x08, 0x01]), 1],
    ['a number of ten bytes', Buffer.from([0x08, ...repeated(9, 0xff), 0x01, 0x08, 0x01]), 2],
    ['fixed numbers', Buffer.from([0x0d, 1, 2, 3, 4, 0x09, 1, 2, 3, 4, 5, 6, 7, 8]), 2],
    ['empty rows', repeated(5, 0x32, 0x00), 5],
    ['rows in a message in a message', field(1, field(2, repeated(3, 0x32, 0x00))), 5],
    ['Chinese text', field(1, Buffer.from('吊销职业技能等级证书的决定'.repeat(100))), 1],
    ['a length without its content', Buffer.from([0x0a, 0xff]), 1],
  ])('counts %s', (_what, bytes, elements) => {
    expect(countElements(bytes, 1_000)).toBe(elements);
  });

  it.each([
    ['empty rows at the top', BOMB],
    ['empty rows of an order', field(12, field(6, BOMB))],
    [
      'empty rows of an order in an envelope',
      EnforcementEvent.encode({
        meta: undefined,
        body: { $case: 'orderIssued', value: OrderIssued.decode(repeated(200_000, 0x32, 0x00)) },
      }).finish(),
    ],
    ['rows, then bytes that are no field', field(1, Buffer.concat([BOMB, Buffer.from([0x07])]))],
    [
      'rows behind the end of a group, which sends the decoder back to the message around',
      field(1, Buffer.concat([Buffer.from([0x04]), BOMB])),
    ],
    ['rows behind a tag 0', field(1, Buffer.concat([Buffer.from([0x00]), BOMB]))],
    [
      'rows in a message that is longer than the message around it',
      Buffer.concat([Buffer.from([0x0a, 0x04, 0x0a, ...varint(900_000)]), BOMB]),
    ],
    ['rows in a message whose length exceeds the bytes', Buffer.concat([Buffer.from([0x0a, ...varint(2_000_000)]), BOMB])],
    ['rows thirty levels down', nested(30)],
    ['a thousand levels', nested(1_000)],
    ['numbers that are not packed', repeated(450_000, 0x18, 0x01)],
  ])('stops at the limit at %s', (_what, bytes) => {
    expect(countElements(bytes, MAX_ELEMENTS)).toBe(MAX_ELEMENTS + 1);
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

  it.each([
    [
      '1,000 certificates',
      CertificateEvent.encode(
        CertificateEvent.fromPartial({
          body: { $case: 'certificatesIssued', value: { certificates: Array.from({ length: 1_000 }, (_, index) => certificate(index)) } },
        }),
      ).finish(),
    ],
    ['a list of 10,000 ids', Scope.encode(Scope.fromPartial({ persons: Array.from({ length: 10_000 }, () => randomUUID()) })).finish()],
    [
      '10,000 ids in one text',
      Scope.encode(Scope.fromPartial({ institution: Array.from({ length: 10_000 }, () => randomUUID()).join(',') })).finish(),
    ],
  ])('lets %s through', (_what, bytes) => {
    expect(countElements(bytes, MAX_ELEMENTS)).toBeLessThanOrEqual(MAX_ELEMENTS);
  });

  it('takes time in proportion to the bytes, whatever they are', () => {
    const started = performance.now();
    for (const bytes of [repeated(1_000_000, 0x80), repeated(1_000_000, 0x0a), repeated(500_000, 0x08, 0xff), nested(3_000)])
      countElements(bytes, Number.MAX_SAFE_INTEGER);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
