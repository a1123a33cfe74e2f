// Each fact and proof that a mode of service needs, on both sides of its edge.
import { delivery } from '../../../test/objection';
import type { Delivery } from '../terms';
import { checkDelivery, checkProofUnused, DELIVERY_RULES, laterDay, receiptRows } from './delivery';

const NOW = new Date('2026-11-23T02:00:00Z');
const ISSUED = new Date('2026-11-20T02:00:30Z');
const attachments = [
  { id: 'scan', kind: 'OTHER', mediaType: 'application/pdf' },
  { id: 'photo', kind: 'OTHER', mediaType: 'image/jpeg' },
  { id: 'video', kind: 'OTHER', mediaType: 'video/mp4' },
  { id: 'table', kind: 'OTHER', mediaType: 'text/csv' },
].map((one) => ({ ...one, addedAt: ISSUED }));
/** Added one moment before the document was issued. */
const OLD = { id: 'old', kind: 'OTHER', mediaType: 'application/pdf', addedAt: new Date(ISSUED.getTime() - 1) };

/** A complete service of each mode. */
const COMPLETE: Record<Delivery['mode'], Delivery> = {
  IN_PERSON: { ...delivery, attachmentIds: ['scan'] },
  LEFT: {
    ...delivery,
    mode: 'LEFT',
    servers: ['李四', '王五'],
    credentials: ['21010001', '21010002'],
    witness: '居委会赵某',
    attachmentIds: ['video'],
  },
  POST: { ...delivery, mode: 'POST', servers: [], postNumber: 'EA123456789CN', attachmentIds: ['scan'] },
  ELECTRONIC: { ...delivery, mode: 'ELECTRONIC', servers: [], attachmentIds: ['scan'] },
  PUBLIC_NOTICE: {
    ...{ ...delivery, mode: 'PUBLIC_NOTICE', receiver: '', capacity: null, servers: [], attachmentIds: [] },
    ...{ publishedIn: '《辽宁日报》', reason: '机构搬离住所，邮寄退回' },
  },
};

const check = (mode: Delivery['mode'], change: Partial<Delivery> = {}) =>
  checkDelivery(
    { ...COMPLETE[mode], ...change },
    { issuedAt: ISSUED, now: NOW, attachments: [...attachments, OLD] },
    '行政处罚法第六十一条',
  );

it.each(DELIVERY_RULES.map(({ mode }) => mode))('accepts a complete service: %s', (mode) => expect(() => check(mode)).not.toThrow());

it.each<[Delivery['mode'], Partial<Delivery>, string, string]>([
  ['IN_PERSON', { receiver: ' ' }, 'receiver_missing', 'receiver'],
  ['IN_PERSON', { receiver: '门卫' }, 'receiver_missing', 'receiver'],
  ['POST', { receiver: '收发室' }, 'receiver_missing', 'receiver'],
  ['IN_PERSON', { receiver: '字'.repeat(101) }, 'receiver_missing', 'receiver'],
  ['IN_PERSON', { capacity: null }, 'capacity_missing', 'capacity'],
  ['POST', { capacity: null }, 'capacity_missing', 'capacity'],
  ['IN_PERSON', { servers: [' '] }, 'servers_missing', 'servers'],
  ['LEFT', { servers: ['李四'] }, 'servers_missing', 'servers'],
  ['LEFT', { servers: ['李四', '李四'] }, 'servers_missing', 'servers'],
  ['LEFT', { servers: ['李四', '李 四'] }, 'servers_missing', 'servers'],
  ['LEFT', { credentials: [] }, 'credential_invalid', 'credentials'],
  ['LEFT', { credentials: ['21010001'] }, 'credential_invalid', 'credentials'],
  ['LEFT', { credentials: ['21010001', '21010001'] }, 'credential_invalid', 'credentials'],
  ['LEFT', { credentials: ['21010001', '2101-2'] }, 'credential_invalid', 'credentials'],
  ['LEFT', { witness: '' }, 'witness_missing', 'witness'],
  ['LEFT', { witness: '王五' }, 'witness_invalid', 'witness'],
  ['LEFT', { witness: '李　四' }, 'witness_invalid', 'witness'],
  ['LEFT', { witness: '张三' }, 'witness_invalid', 'witness'],
  ['IN_PERSON', { receiver: '李四' }, 'receiver_invalid', 'receiver'],
  ['LEFT', { receiver: '王 五' }, 'receiver_invalid', 'receiver'],
  ['IN_PERSON', { attachmentIds: ['old'] }, 'proof_older', 'attachment_ids'],
  ['POST', { attachmentIds: ['scan', 'old'] }, 'proof_older', 'attachment_ids'],
  ['PUBLIC_NOTICE', { attachmentIds: ['old'] }, 'proof_older', 'attachment_ids'],
  ['LEFT', { attachmentIds: ['scan'] }, 'proof_missing', 'attachment_ids'],
  ['POST', { postNumber: '' }, 'mail_invalid', 'post_number'],
  ['POST', { postNumber: 'EA12345678CN' }, 'mail_invalid', 'post_number'],
  ['POST', { postNumber: 'EA123456789HK' }, 'mail_invalid', 'post_number'],
  ['POST', { postNumber: '123456789012' }, 'mail_invalid', 'post_number'],
  ['POST', { attachmentIds: [] }, 'proof_missing', 'attachment_ids'],
  ['IN_PERSON', { attachmentIds: ['table'] }, 'proof_missing', 'attachment_ids'],
  ['IN_PERSON', { attachmentIds: ['video'] }, 'proof_missing', 'attachment_ids'],
  ['ELECTRONIC', { attachmentIds: [] }, 'proof_missing', 'attachment_ids'],
  ['PUBLIC_NOTICE', { publishedIn: ' ' }, 'place_missing', 'published_in'],
  ['PUBLIC_NOTICE', { reason: '' }, 'place_missing', 'reason'],
  ['IN_PERSON', { at: new Date(Number.NaN) }, 'time_missing', 'served_at'],
  ['IN_PERSON', { at: new Date(NOW.getTime() + 1) }, 'time_invalid', 'served_at'],
  ['PUBLIC_NOTICE', { at: new Date('2026-11-20T01:59:59Z') }, 'time_invalid', 'served_at'],
])('%s with %j is refused: %s', (mode, change, reason, field) => {
  const refusal = expect.objectContaining({
    ...{ kind: 'invalid', reason: `document.${reason}`, detail: { field, rule: '行政处罚法第六十一条' } },
  });
  expect(() => check(mode, change)).toThrow(refusal);
});

it.each<[Delivery['mode'], Partial<Delivery>]>([
  ['POST', { postNumber: '1234567890123' }],
  ['LEFT', { attachmentIds: ['table', 'photo'] }],
  ['IN_PERSON', { at: NOW }],
  // The minute in which the document was issued: people state minutes.
  ['IN_PERSON', { at: new Date('2026-11-20T02:00:00Z') }],
  ['IN_PERSON', { receiver: '门卫东' }],
])('%s with %j is accepted', (mode, change) => expect(() => check(mode, change)).not.toThrow());

it('takes no proof of another service of the file', () => {
  const served = [{ attachmentIds: ['scan', 'photo'] }, { attachmentIds: ['video'] }];
  const use = (...attachmentIds: string[]) => checkProofUnused({ attachmentIds }, served, '行政处罚法第六十一条');
  expect(() => use('new', 'video')).toThrow(
    expect.objectContaining({ reason: 'document.proof_used', detail: { field: 'attachment_ids', rule: '行政处罚法第六十一条' } }),
  );
  expect(() => use('new')).not.toThrow();
});

it.each([
  // Beijing's days: 23:59 and 00:00 are two.
  ['2026-11-23T15:59:00Z', '2026-11-23T15:59:59Z', 'service'],
  ['2026-11-23T15:59:00Z', '2026-11-23T16:00:00Z', 'entry'],
  ['2026-12-23T15:59:59Z', '2026-11-23T02:00:00Z', 'service'],
] as const)('counts what waits for a service at %s, entered at %s, from its %s', (served, entered, from) => {
  expect(laterDay(new Date(served), new Date(entered))).toEqual(new Date(from === 'entry' ? entered : served));
});

it('prints who took the document, in which capacity, when, and the proof of the mode', () => {
  const of = { file: ['案号', '1号'] as const, party: '某学校' };
  const printed = (mode: Delivery['mode']) =>
    receiptRows({ ...COMPLETE[mode], kind: 'NOTICE', title: '告知书', number: '1号', servedAt: new Date('2026-12-23T15:59:59Z') }, of).rows;
  expect(printed('LEFT')).toEqual(
    expect.arrayContaining([
      ['收件人', '张三（授权收件人（代收人））'],
      ['送达时间', '2026年11月23日 10:00'],
      ['送达人', '李四（执法证号：21010001）、王五（执法证号：21010002）'],
      ['见证人', '居委会赵某'],
    ]),
  );
  expect(printed('POST')).toContainEqual(['邮件号', 'EA123456789CN']);
  expect(printed('PUBLIC_NOTICE')).toEqual(
    expect.arrayContaining([
      ['视为送达之日', '2026年12月23日'],
      ['公告载体', '《辽宁日报》'],
    ]),
  );
});
