import { type Lifecycle, actionsFrom, advance } from './lifecycle';
import { Refusal } from './refusal';

const DOOR = { open: { close: 'closed' }, closed: { open: 'open', lock: 'locked' }, locked: {} } as const satisfies Lifecycle<
  'open' | 'closed' | 'locked',
  'open' | 'close' | 'lock'
>;

describe('a life cycle is a table', () => {
  it('moves as the cell says', () =>
    expect(advance<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>('door', DOOR, 'closed', 'lock')).toBe('locked'));

  it('refuses an absent cell by name', () => {
    expect(() => advance<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>('door', DOOR, 'locked', 'open')).toThrow(Refusal);
    expect(() => advance<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>('door', DOOR, 'open', 'lock')).toThrow(
      expect.objectContaining({ kind: 'illegalMove', reason: 'door.illegal_move' }),
    );
  });

  it('lists what a state allows', () =>
    expect(actionsFrom<'open' | 'closed' | 'locked', 'open' | 'close' | 'lock'>(DOOR, 'closed')).toEqual(['open', 'lock']));
});
