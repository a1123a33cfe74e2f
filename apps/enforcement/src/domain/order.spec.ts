import { completed, drafted, executing, NOW, previewed, signed } from '../../test/orders';
import { decideRecord } from './execution';
import { allowedActions, concernOf, move, ORDER_LIFECYCLE, ORDER_STATES, type Order, type OrderAction, type OrderState } from './order';

describe('the lifecycle of an order', () => {
  const cells: [OrderState, OrderAction, OrderState][] = [
    ['DRAFT', 'preview', 'PREVIEWED'],
    ['PREVIEWED', 'preview', 'PREVIEWED'],
    ['PREVIEWED', 'sign', 'SIGNED'],
    ['DRAFT', 'edit', 'DRAFT'],
    ['DRAFT', 'discard', 'DISCARDED'],
    ['PREVIEWED', 'edit', 'DRAFT'],
    ['PREVIEWED', 'discard', 'DISCARDED'],
    ['SIGNED', 'issue', 'EXECUTING'],
    ['EXECUTING', 'retry', 'EXECUTING'],
    ['EXECUTING', 'confirmDrift', 'EXECUTING'],
    ['COMPLETED', 'sweep', 'COMPLETED'],
    ['COMPLETED', 'reopen', 'EXECUTING'],
    ['COMPLETED', 'reopenPart', 'COMPLETED'],
    ['EXECUTING', 'lift', 'LIFTING'],
    ['EXECUTING', 'liftPart', 'EXECUTING'],
    ['LIFTED', 'sweep', 'LIFTED'],
    ['LIFTED', 'reopen', 'LIFTING'],
    ['EXECUTING', 'complete', 'COMPLETED'],
    ['COMPLETED', 'lift', 'LIFTING'],
    ['COMPLETED', 'liftPart', 'COMPLETED'],
    ['COMPLETED', 'retry', 'COMPLETED'],
    ...(['SIGNED', 'EXECUTING', 'COMPLETED'] as const).flatMap((state): [OrderState, OrderAction, OrderState][] => [
      [state, 'suspend', state],
      [state, 'resume', state],
    ]),
    ['LIFTING', 'retry', 'LIFTING'],
    ['LIFTING', 'completeLifting', 'LIFTED'],
  ];
  const actions: OrderAction[] = [
    'edit',
    'discard',
    'preview',
    'sign',
    'issue',
    'retry',
    'complete',
    'lift',
    'liftPart',
    'completeLifting',
    'suspend',
    'resume',
    'confirmDrift',
    'sweep',
    'reopen',
    'reopenPart',
  ];
  const every = ORDER_STATES.flatMap((state) => actions.map((action) => [state, action] as const));

  it.each(every)('%s × %s', (state, action) => {
    const cell = cells.find(([from, by]) => from === state && by === action);
    const act = (): OrderState => move({ ...drafted(), state }, action);
    if (cell) expect(act()).toBe(cell[2]);
    else expect(act).toThrow(expect.objectContaining({ kind: 'illegalMove', reason: 'order.illegal_move' }));
  });

  it('reaches every state', () => {
    const reached = new Set<string>(['DRAFT', ...Object.values(ORDER_LIFECYCLE).flatMap((row) => Object.values(row))]);
    expect(reached).toEqual(new Set(ORDER_STATES));
  });

  const refused = (): Order => decideRecord(executing(), { kind: 'refused', row: 1, service: 'exam', reason: 'x', detail: '' }, NOW).next;
  it.each<[string, () => Order, OrderAction[]]>([
    ['a draft', drafted, ['preview', 'edit', 'discard']],
    ['a preview', previewed, ['preview', 'sign', 'edit', 'discard']],
    ['a signed order', signed, ['suspend']],
    ['an order at work', executing, ['suspend']],
    ['an order with a refused row', refused, ['retry', 'suspend']],
    ['a completed order', completed, ['lift', 'liftPart', 'suspend', 'sweep']],
  ])('allows people the actions of the table in %s', (_, order, allowed) => {
    expect(allowedActions(order())).toEqual(allowed);
  });

  it('concerns its institution from the day of issue', () => {
    expect(concernOf(signed())).toEqual({ authority: '2101', institution: 'S000021010003', issued: false });
    expect(concernOf(executing()).issued).toBe(true);
  });
});
