import { toJson } from './json';

describe('contract messages as JSON', () => {
  it('maps dates, counts, bytes and unions at every depth', () => {
    const message = {
      at: new Date('2026-03-01T00:00:00Z'),
      fen: 12n,
      root: new Uint8Array([0, 171]),
      rows: [{ effect: { $case: 'exam', value: 2n } }],
      none: undefined,
    };
    expect(toJson(message)).toEqual({
      at: '2026-03-01T00:00:00.000Z',
      fen: 12,
      root: '00ab',
      rows: [{ effect: { $case: 'exam', value: 2 } }],
      none: undefined,
    });
  });

  it('throws instead of rounding', () => {
    expect(toJson(BigInt(Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => toJson(BigInt(Number.MAX_SAFE_INTEGER) + 1n)).toThrow(RangeError);
  });
});
