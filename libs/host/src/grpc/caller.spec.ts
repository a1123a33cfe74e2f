import { signCaller, verifyCaller } from './caller';

const SECRET = 'a secret of a test';
const NOW = new Date('2026-11-23T08:00:00Z');
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

describe('caller identity', () => {
  it.each([-300, 0, 300])('is accepted %s seconds off', (seconds) => {
    expect(verifyCaller(signCaller('exam', SECRET, NOW), SECRET, after(seconds))).toBe('exam');
  });
  it.each([-86_400, -600, -301, 301, 600, 86_400])(
    'is refused as a wrong clock %s seconds off, and does not require a new sign-in',
    (seconds) => {
      const verify = (): string => verifyCaller(signCaller('exam', SECRET, NOW), SECRET, after(seconds));
      expect(verify).toThrow(expect.objectContaining({ kind: 'unavailable', reason: 'clock.skewed' }));
      for (const named of ['“exam”', NOW.toISOString(), after(seconds).toISOString()]) expect(verify).toThrow(named);
    },
  );
  it('is refused as forged also when it is old', () => {
    const forged = signCaller('exam', 'another secret', after(-600));
    expect(() => verifyCaller(forged, SECRET, NOW)).toThrow(expect.objectContaining({ reason: 'caller.unauthenticated' }));
  });
  it.each([
    ['absent', undefined, '缺失'],
    ['without a signature', 'exam.1790000000', '格式错误'],
    ['under another name', signCaller('exam', SECRET, NOW).replace('exam', 'enforcement'), '签名不符'],
    ['under another secret', signCaller('exam', 'another secret', NOW), '签名不符'],
  ])('is refused %s', (_, value, why) => {
    expect(() => verifyCaller(value, SECRET, NOW)).toThrow(why);
  });
});
