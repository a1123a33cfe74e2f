import { inState } from '../../../test/cases';
import { completed, executing, later, liftedIn, NOW, previewed, receiptOf, reported } from '../../../test/orders';
import { FOLLOW_UP_KINDS, FOLLOW_UPS, type FollowUp } from '../aftermath/follow-up';
import { openRectification, type RectificationState } from '../aftermath/rectification';
import type { Row } from '../ledger';
import type { Order } from '../order';
import { looksAt, ORDER_TASKS, tasksOfOrder, type OrderAround } from './order-tasks';

const around = (order: Order, change: Partial<OrderAround> = {}): OrderAround => ({
  ...{ order, theCase: null, rectification: null, followUps: [], leftDecided: new Map(), now: NOW },
  ...change,
});
const interim: Order = { ...previewed(['STOP_EVALUATION']), interim: true, urgency: '仍在组织考试', endCondition: '整改合格' };
const rectified = (state: RectificationState) => ({
  rectification: { ...openRectification({ orderId: 'o1', caseId: 'c1', institution: 'I', dueOn: '2026-12-31', openedAt: NOW }), state },
});
const followUps = (change: Partial<FollowUp> = {}): Partial<OrderAround> => ({
  followUps: FOLLOW_UP_KINDS.map((kind) => ({
    ...{ orderId: 'o1', caseId: 'c1', kind, dueAt: NOW, note: '', doneBy: null, doneAt: null, cancelled: false },
    ...change,
  })),
});
/** An order that is carried out, with this first row. */
const at = (part: Partial<Row>, change: Partial<Order> = {}): Order => {
  const order = executing();
  return { ...order, rows: order.rows.map((row, i) => (i === 0 ? { ...row, ...part } : row)), ...change };
};
const refused = (reason: string): Partial<Row> => ({ state: 'REFUSED', refusal: { reason, detail: '' } });
const LATE: Partial<Row> = { state: 'ASKED', overdue: true, dueAt: later(-1) };
const LEFT: Partial<Row> = { state: 'DONE', residual: { count: 4n, sample: [], at: NOW } };
const stopped = completed(['STOP_EVALUATION', 'RECTIFY']);
/** A lifted order with one record that was left as it is. */
const lifted = reported(liftedIn(completed(['CANCEL_RESULTS'])).next);
const leftRow = lifted.rows.find(({ undoesRow }) => undoesRow > 0)?.number ?? 0;
const withLeft: Order = {
  ...lifted,
  rows: lifted.rows.map((row) => (row.number === leftRow ? { ...row, receipt: { ...receiptOf(row), left: 1n } } : row)),
};

describe('an order waits', () => {
  it.each<[string, OrderAround, readonly string[]]>([
    ['for no signature while its gates are closed', around(interim, { theCase: inState('TRIAGED') }), []],
    ['for the signature of an interim stop', around(interim, { theCase: inState('FOUNDED') }), ['SIGN_INTERIM']],
    [
      'for the signature of a transfer',
      around(previewed(['TRANSFER_TO_DISCIPLINE']), { theCase: { ...inState('FOUNDED'), transferTrack: 'approved' } }),
      [],
    ],
    ['for no signature of a final order, which its case waits for', around(previewed(), { theCase: inState('PUBLISHED') }), []],
    ['to be confirmed where it has drifted', around(at(refused('order.target_drifted'))), ['CONFIRM_DRIFT']],
    ['to be asked again where it was refused', around(at(refused('plan.unknown'))), ['RETRY']],
    ['to be asked again where a receipt is in doubt', around(at({ dispute: { reason: 'x', detail: '', at: NOW } })), ['RETRY']],
    ['to be chased where a row is late', around(at(LATE)), ['CHASE']],
    ['for nobody while it stands still', around(at(LATE, { suspension: { at: NOW, reason: '法院裁定' } })), []],
    ['for what a count has found', around(at(LEFT)), ['EXAMINE_RESIDUAL']],
    ['for what a sweep has found', around(at({}, { completedAt: NOW, reopenedAt: later(1) })), ['EXAMINE_RESIDUAL']],
    ['for nothing while it is only carried out', around(executing()), []],
    ['for nothing once it is carried out', around(completed()), []],
    ['for the records that were left', around(withLeft), ['DECIDE_LEFT']],
    ['for none of those that were decided', around(withLeft, { leftDecided: new Map([[leftRow, 1]]) }), []],
    ['for the material of the institution', around(stopped, rectified('OPEN')), ['GIVE_EVIDENCE']],
    ['for new material where it failed', around(stopped, rectified('FAILED')), ['GIVE_EVIDENCE']],
    ['for the re-check', around(stopped, rectified('EVIDENCE_GIVEN')), ['CHECK_RECTIFICATION']],
    ['for the lifting of its stop', around(stopped, rectified('PASSED')), ['LIFT_STOP']],
    ['for no lifting of a stop that it does not have', around(completed(['RECTIFY']), rectified('PASSED')), []],
    ['for nothing of a rectification that was withdrawn', around(stopped, rectified('WITHDRAWN')), []],
    [
      'for each follow-up of a removal',
      around(completed(['REMOVE_FROM_DIRECTORY']), followUps()),
      ['FOLLOW_CANDIDATES', 'FOLLOW_ARCHIVES', 'FOLLOW_FEES', 'FOLLOW_REGISTERS'],
    ],
    ['for no follow-up that is done', around(completed(['REMOVE_FROM_DIRECTORY']), followUps({ doneAt: NOW })), []],
  ])('%s', (_, one, expected) => expect(tasksOfOrder(one).map(({ step }) => step)).toEqual(expected));
});

it('names who has to act and by when', () => {
  expect(tasksOfOrder(around(at(LATE)))).toEqual([
    { step: 'CHASE', title: ORDER_TASKS.CHASE.title, role: 'officer', limits: [], dueAt: later(-1) },
  ]);
  expect(tasksOfOrder(around(stopped, rectified('OPEN')))).toMatchObject([{ role: 'institution', limits: ['D-RECTIFY'] }]);
  const [follow] = tasksOfOrder(around(completed(['REMOVE_FROM_DIRECTORY']), followUps()));
  expect(follow).toMatchObject({ limits: [FOLLOW_UPS.CANDIDATES_IN_PROGRESS.deadline] });
});

it('reads other data only if a row may apply', () => {
  const nothing = { theCase: false, rectification: false, followUps: false, leftDecided: false };
  expect(looksAt(executing())).toEqual(nothing);
  expect(looksAt(interim)).toEqual({ ...nothing, theCase: true });
  expect(looksAt(stopped)).toEqual({ ...nothing, rectification: true });
  expect(looksAt(completed(['REMOVE_FROM_DIRECTORY']))).toEqual({ ...nothing, followUps: true });
  expect(looksAt(withLeft)).toEqual({ ...nothing, leftDecided: true });
});
