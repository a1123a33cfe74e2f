import { isEventId, newEventId } from './event-id';

describe('event ids', () => {
  it('are UUIDs of version 7 that begin with the time', () => {
    const before = Date.now();
    const id = newEventId();
    expect(isEventId(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect('89ab').toContain(id[19]);
    const at = parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 1_000 }, newEventId)).size).toBe(1_000);
  });

  it.each(['', 'x', '0190000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000000G', "'; DROP TABLE inbox; --"])(
    'are not %j',
    (text) => expect(isEventId(text)).toBe(false),
  );
});
