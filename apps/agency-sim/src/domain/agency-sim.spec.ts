import { answered } from './answered';
import { faultBoard, type Fault } from './faults';
import { numberRegister } from './number-register';
import { rejectionOf, takeUpload, takeWithdrawal } from './platform';
import { transferDesk } from './transfers';

const ONE = 'S000021010003261000001';
const FAULT: Fault = { fault: 'partialRejection', times: 2, delayMs: 0, every: 3, code: '99' };

describe('platform', () => {
  it('accepts a certificate once, withdraws it once, and accepts it again', () => {
    const register = numberRegister();
    expect(takeWithdrawal(register, ONE)).toBe('03');
    expect(takeUpload(register, { number: ONE, level: '1' })).toBe('00');
    expect(takeUpload(register, { number: ONE, level: '1' })).toBe('02');
    expect(takeWithdrawal(register, ONE)).toBe('00');
    expect(takeWithdrawal(register, ONE)).toBe('02');
    expect(takeUpload(register, { number: ONE, level: '1' })).toBe('00');
    expect(register.count('')).toEqual({ standing: 1, withdrawn: 0 });
  });

  it('refuses a malformed number and a level that differs from the number’s', () => {
    const register = numberRegister();
    expect(takeUpload(register, { number: 'S1', level: '1' })).toBe('01');
    expect(takeUpload(register, { number: ONE, level: '2' })).toBe('04');
    expect(takeWithdrawal(register, 'S1')).toBe('01');
  });

  it('distinguishes numbers by institution, year, level and sequence', () => {
    const register = numberRegister();
    const numbers = [ONE, 'S000021010004261000001', 'S000021010003991000001', 'S00002101000326Z000001', 'S000021010003261999999'];
    numbers.forEach((number) => register.put(number, 'standing'));
    expect(register.count('').standing).toBe(numbers.length);
    expect(register.count('S000021010003').standing).toBe(numbers.length - 1);
    expect(register.find('S000021010003262000001')).toBeUndefined();
  });
});

describe('faults', () => {
  it('applies a fault as often as requested, then no more', () => {
    const faults = faultBoard();
    faults.set('ministry', FAULT);
    expect([faults.take('ministry'), faults.take('police'), faults.take('ministry'), faults.take('ministry')]).toEqual([
      FAULT,
      undefined,
      { ...FAULT, times: 1 },
      undefined,
    ]);
  });

  it('rejects every nth row', () => {
    expect([0, 1, 2, 3].map((i) => rejectionOf(FAULT, i))).toEqual(['99', undefined, undefined, '99']);
  });
});

describe('transfers', () => {
  it('counts how often a package is transferred, per agency', () => {
    const desk = transferDesk();
    const list = { count: 0, root: '' };
    const sent = { orderId: 'o1', documentNo: '1', items: [], certificates: list, persons: list, packageSha256: 'h' };
    desk.take('police', sent, 'r1');
    desk.take('discipline', sent, 'r2');
    desk.take('police', sent, 'r3');
    expect([desk.find('police', 'o1')?.times, desk.find('discipline', 'o1')?.times]).toEqual([2, 1]);
  });
});

describe('answered', () => {
  it('stores codes only where they are not all 00', () => {
    const answers = answered();
    answers.keep('ministry', 'a', { bodyHash: 'h', codes: ['00', '00'], receiptNo: 'r' });
    answers.keep('ministry', 'b', { bodyHash: 'h', codes: ['00', '03'], receiptNo: 'r' });
    expect(answers.find('ministry', 'a')?.codes).toBeNull();
    expect(answers.find('ministry', 'b')?.codes).toEqual(['00', '03']);
    expect(answers.find('police', 'a')).toBeUndefined();
  });
});
