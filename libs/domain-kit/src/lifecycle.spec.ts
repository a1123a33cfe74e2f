import { type Lifecycle, actionsFrom, advance } from './lifecycle';
import { Refusal } from './refusal';

const DOOR = { open: { close: 'closed' }, closed: { open: 'open', lock: 'locked' }, locked: {} } as const satisfies Lifecycle<
  'open' | 'closed' | 'locked',
  'open' | 'close' | 'lock'
>;

describe('a life cycle is a table', () => {
  it('moves to the state in the cell', () =>
    expect(advance<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>('door', DOOR, 'closed', 'lock')).toBe('locked'));

  it('refuses an absent cell, naming state and action', () => {
    expect(() => advance<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>('door', DOOR, 'locked', 'open')).toThrow(Refusal);
    expect(() => advance<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>('door', DOOR, 'open', 'lock')).toThrow(
      expect.objectContaining({ kind: 'illegalMove', reason: 'door.illegal_move' }),
    );
  });

  it('lists the actions that a state allows', () =>
    expect(actionsFrom<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>(DOOR, 'closed')).toEqual(['open', 'lock']));
});
