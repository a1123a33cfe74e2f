import { certificateTable, type IssuedCertificate } from './certificate-table';

const certificate = (number: string, more: Partial<IssuedCertificate> = {}): IssuedCertificate => ({
  number,
  occupation: '6-31-01-03',
  issuedOn: '2026-03-01',
  maskedName: '张*',
  planId: 'plan-1',
  sessionId: 'session-1',
  person: '0123456789abcdef0123456789abcdef',
  examDate: '2026-02-01',
  ...more,
});
const ONE = 'S000021010003261000001';
const VOIDING = { orderId: 'order-1', documentNo: '辽人社鉴处〔2026〕1号', since: new Date('2026-04-01T00:00:00Z') };

describe('certificateTable', () => {
  it('returns what was put in', () => {
    const table = certificateTable();
    table.put(certificate(ONE), 1_000);
    expect(table.find(ONE)).toEqual({
      ...certificate(ONE),
      institution: 'S000021010003',
      level: '1',
      issuedAt: 1_000,
      known: true,
      voiding: undefined,
    });
    expect(table.find('S000021010003261000002')).toBeUndefined();
    expect(table.find('S000021010004261000001')).toBeUndefined();
  });

  it('distinguishes ten thousand consecutive numbers, in every level, year and institution', () => {
    const table = certificateTable();
    const numbers: string[] = [];
    for (const institution of ['S000021010003', 'Y123421990001'])
      for (const year of ['00', '26', '99'])
        for (const level of ['1', '5', 'A', 'Z'])
          for (let sequence = 1; sequence <= 400; sequence += 1)
            numbers.push(`${institution}${year}${level}${String(sequence * 2_499).padStart(6, '0')}`);
    numbers.forEach((number, i) => table.put(certificate(number, { maskedName: `名${i}` }), i));
    expect(table.size()).toBe(numbers.length);
    for (const [i, number] of numbers.entries()) {
      const found = table.find(number);
      if (found?.number !== number || found.maskedName !== `名${i}`) throw new Error(`${number} came back as ${JSON.stringify(found)}`);
    }
  });

  it('voids, keeps the voiding when the certificate arrives again, and reinstates', () => {
    const table = certificateTable();
    table.put(certificate(ONE), 1);
    expect(table.void(ONE, VOIDING)).toBe(true);
    expect(table.void(ONE, VOIDING)).toBe(true);
    table.put(certificate(ONE), 1);
    expect(table.find(ONE)?.voiding).toEqual(VOIDING);
    expect(table.reinstate(ONE)).toBe(true);
    expect(table.find(ONE)?.voiding).toBeUndefined();
  });

  it('stores a voiding whose certificate never arrived', () => {
    const table = certificateTable();
    expect(table.void(ONE, VOIDING)).toBe(false);
    expect(table.find(ONE)).toMatchObject({ known: false, voiding: VOIDING });
  });

  it('refuses a malformed number', () => {
    expect(() => certificateTable().find('S1')).toThrow(expect.objectContaining({ reason: 'certificate.number_invalid' }));
  });

  it('holds 300,000 certificates in less than 30 MB', () => {
    const table = certificateTable();
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 1; i <= 300_000; i += 1) {
      table.put(
        certificate(`S000021010003261${String(i).padStart(6, '0')}`, {
          sessionId: `session-${i % 20_000}`,
          maskedName: `${'张王李赵'.charAt(i % 4)}*`,
        }),
        i,
      );
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(30 * 2 ** 20);
    expect(table.find('S000021010003261277777')?.sessionId).toBe(`session-${277_777 % 20_000}`);
  });
});
