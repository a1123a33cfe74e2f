import { completed, executing, later, liftedIn, NOW, placed, reported, signed, SIGNER } from '../../test/orders';
import { SERVICES } from './cascade';
import { decideFenced, decideIssueUnfenced, decideOverdue } from './execution';
import { isStayed, type Order } from './order';
import { checkSupersedes, isSupersessionDue, supersededBy } from './superseding';
import { decideResume, decideSuspend, SUSPENSION_RULES } from './suspension';

const refusal = (reason: string) => expect.objectContaining({ reason });
const suspend = (order: Order, now = NOW) => decideSuspend(order, { actor: SIGNER, reason: '(2026)辽01行初1号', now });
const resume = (order: Order, now = NOW) => decideResume(order, { actor: SIGNER, reason: '(2026)辽01行初1号之一', now });
const HOUR = 3_600_000;

describe('a suspended order', () => {
  it.each<[string, () => Order]>([
    ['SIGNED', signed],
    ['EXECUTING', executing],
    ['COMPLETED', completed],
  ])('%s keeps its state and is announced; a second suspension and one without a reason are refused', (state, order) => {
    const { next, events } = suspend(order());
    expect(next).toMatchObject({ state, suspension: { at: NOW } });
    expect(events).toEqual([{ kind: 'orderSuspended' }]);
    expect(SUSPENSION_RULES).toHaveProperty(state, expect.anything());
    expect(() => suspend(next)).toThrow(refusal('order.illegal_move'));
    expect(() => decideSuspend(order(), { actor: SIGNER, reason: '', now: NOW })).toThrow(refusal('order.no_reason'));
    expect(() => resume(order())).toThrow(refusal('order.illegal_move'));
  });

  it('is not issued after its last fence or its patience, but on resumption', () => {
    const fenced = SERVICES.reduce((order, service) => decideFenced(order, service, placed(NOW), NOW).next, suspend(signed()).next);
    expect(fenced).toMatchObject({ state: 'SIGNED', fencedAt: NOW });
    expect(decideIssueUnfenced(fenced, 1, later(HOUR)).next.state).toBe('SIGNED');
    const { next, events } = resume(fenced, later(HOUR));
    expect(next).toMatchObject({ state: 'EXECUTING', suspension: null });
    expect(events).toEqual([{ kind: 'orderIssued' }, { kind: 'orderResumed' }]);
  });

  it('has no running limits: they are extended by the time of the suspension', () => {
    const order = executing();
    const stayed = suspend(order, later(60_000)).next;
    expect(decideOverdue(stayed, later(100 * HOUR)).events).toEqual([]);
    const { next } = resume(stayed, later(60_000 + HOUR));
    expect(next.rows[0]?.dueAt?.getTime()).toBe((order.rows[0]?.dueAt?.getTime() ?? 0) + HOUR);
  });

  it('accepts receipts, and is counted only after the resumption', () => {
    const done = reported(suspend(executing()).next);
    expect(done.sweep.nextAt).toBeNull();
    expect(resume(done, later(HOUR)).next.sweep.nextAt).toEqual(later(HOUR));
  });

  it('is counted some time after the resumption if it was carried out, so that its services can consume the message first', () => {
    const next = resume(suspend(completed()).next, later(HOUR)).next;
    expect(next).toMatchObject({ state: 'COMPLETED', suspension: null, sweep: { nextAt: later(HOUR + 60_000) } });
  });

  it('can be lifted, and the lifting is not suspended', () => {
    expect(isStayed(liftedIn(suspend(completed()).next).next)).toBe(false);
    expect(() => suspend(liftedIn(completed()).next)).toThrow(refusal('order.illegal_move'));
  });
});

describe('superseding', () => {
  it('refuses an order that is not completed, is of another institution, or is already replaced', () => {
    const old = completed();
    expect(() => checkSupersedes(old.scope.institution, old)).not.toThrow();
    for (const bad of [executing(), liftedIn(completed()).next, supersededBy(old, 'o9')]) {
      expect(() => checkSupersedes(old.scope.institution, bad)).toThrow(refusal('order.supersedes_invalid'));
    }
    expect(() => checkSupersedes('S000021010004', old)).toThrow(refusal('order.supersedes_invalid'));
  });

  it('is due when the successor is completed and no part of the old order is being lifted', () => {
    const successor = { ...completed(), id: 'o2', supersedes: 'o1' };
    const old = supersededBy(completed(['CANCEL_RESULTS', 'VOID_CERTIFICATES']), 'o2');
    expect(isSupersessionDue(old, successor)).toBe(true);
    // An order that is carried out (for the first time or again), or that was taken back, does not lift another order.
    for (const state of ['EXECUTING', 'LIFTING', 'LIFTED'] as const) expect(isSupersessionDue(old, { ...successor, state })).toBe(false);
    expect(isSupersessionDue(liftedIn(old, { measures: ['VOID_CERTIFICATES'] }).next, successor)).toBe(false);
  });
});
