import type { CertificateEntry } from './certificate-table';
import { decideAnswer, type Doubts } from './public-answer';
import { sequenceWatch } from './sequence-watch';
import { voidOrders, type VoidOrder } from './void-orders';

const NONE: Doubts = { caughtUp: true, fresh: true, whole: true, complete: true };
const entry = (more: Partial<CertificateEntry> = {}): CertificateEntry => ({
  number: 'S000021010003261000001',
  institution: 'S000021010003',
  level: '1',
  occupation: '',
  issuedOn: '',
  examDate: '',
  maskedName: '',
  planId: 'plan-1',
  sessionId: '',
  person: '',
  issuedAt: 1_000,
  voiding: undefined,
  known: true,
  ...more,
});
const voiding = (orderId: string) => ({ orderId, documentNo: `${orderId}号`, since: new Date(2_000) });
const order = (orderId: string, covers = true): VoidOrder => ({
  orderId,
  documentNo: `${orderId}号`,
  institution: 'S000021010003',
  signedAt: new Date(1_500),
  covers: () => covers,
});

describe('decideAnswer', () => {
  it('answers valid only for a known certificate without any voiding', () => {
    expect(decideAnswer(entry(), [], NONE)).toEqual({ status: 'valid' });
    expect(decideAnswer(undefined, [], NONE)).toEqual({ status: 'unknown' });
    expect(decideAnswer(entry({ known: false }), [], NONE)).toEqual({ status: 'unknown' });
  });

  it.each(['caughtUp', 'fresh', 'whole', 'complete'] as const)('does not answer valid while not %s', (doubt) => {
    const doubts = { ...NONE, [doubt]: false };
    expect(decideAnswer(entry(), [], doubts)).toEqual({ status: 'unsure', because: doubt });
    expect(decideAnswer(undefined, [], doubts)).toEqual({ status: 'unsure', because: doubt });
  });

  it('answers void although events are missing, but not before the history was read', () => {
    const voided = entry({ voiding: voiding('a') });
    expect(decideAnswer(voided, [], { ...NONE, fresh: false })).toMatchObject({ status: 'void' });
    expect(decideAnswer(voided, [], { ...NONE, complete: false })).toMatchObject({ status: 'void' });
    expect(decideAnswer(voided, [], { ...NONE, caughtUp: false })).toMatchObject({ status: 'unsure' });
  });

  it('shows the order from its signature on, then the data of the event', () => {
    expect(decideAnswer(entry(), [order('a')], NONE)).toEqual({
      status: 'void',
      voiding: { orderId: 'a', documentNo: 'a号', since: new Date(1_500) },
    });
    expect(decideAnswer(entry({ voiding: voiding('a') }), [order('a')], NONE)).toEqual({ status: 'void', voiding: voiding('a') });
  });

  it('shows the order that is still in force when the one that voided the certificate was lifted', () => {
    expect(decideAnswer(entry({ voiding: voiding('a') }), [order('b')], NONE)).toMatchObject({ voiding: { orderId: 'b' } });
    expect(decideAnswer(entry({ voiding: voiding('a') }), [], NONE)).toMatchObject({ voiding: { orderId: 'a' } });
  });
});

describe('voidOrders', () => {
  it('covers what the institution had issued until the order was completed, until it is lifted', () => {
    const orders = voidOrders();
    orders.issue(order('a'));
    orders.issue(order('a'));
    orders.issue(order('b', false));
    const ids = (at: number) => orders.covering(entry({ issuedAt: at })).map(({ orderId }) => orderId);
    expect(ids(9_000)).toEqual(['a']);
    orders.complete('a', new Date(5_000));
    orders.complete('a', new Date(8_000));
    expect([ids(5_000), ids(5_001)]).toEqual([['a'], []]);
    expect(orders.covering(entry({ institution: 'S000021010004' }))).toEqual([]);
    orders.lift('a');
    orders.lift('unknown');
    expect(ids(1_000)).toEqual([]);
  });
});

describe('sequenceWatch', () => {
  it('opens a gap for skipped numbers and closes it when they arrive', () => {
    const watch = sequenceWatch();
    expect(watch.note('k', 1n)).toEqual({ is: 'next' });
    expect(watch.note('k', 5n)).toEqual({ is: 'jump', gap: { first: 2n, last: 4n } });
    expect(watch.note('k', 5n)).toEqual({ is: 'old' });
    expect(watch.note('k', 3n)).toEqual({ is: 'late' });
    expect(watch.gaps('k')).toEqual([
      { first: 2n, last: 2n },
      { first: 4n, last: 4n },
    ]);
    expect([watch.note('k', 2n), watch.note('k', 3n), watch.note('k', 4n)]).toEqual([{ is: 'late' }, { is: 'old' }, { is: 'late' }]);
    expect([watch.gaps('k'), watch.incomplete()]).toEqual([[], []]);
  });

  it('counts a history as incomplete that does not begin at one, or that continues according to its owner', () => {
    const watch = sequenceWatch();
    expect(watch.note('k', 3n)).toEqual({ is: 'jump', gap: { first: 1n, last: 2n } });
    expect(watch.expect('k', 3n)).toBeUndefined();
    expect(watch.expect('m', 50_000n)).toEqual({ first: 1n, last: 50_000n });
    expect(watch.incomplete()).toEqual(['k', 'm']);
    watch.reset('m', 7n);
    expect([watch.note('m', 8n), watch.incomplete()]).toEqual([{ is: 'next' }, ['k']]);
  });
});
