import { actionsFrom, advance } from '@hengji/domain-kit';
import { type CertificateNumber } from '@hengji/province';
import { CERTIFICATE_LIFECYCLE, certify, type CertificateAction, type CertificateState } from './certificate';

describe('the life of a certificate', () => {
  const expected: [CertificateState, CertificateAction, CertificateState | 'refused'][] = [
    ['ISSUED', 'void', 'VOIDED'],
    ['ISSUED', 'reinstate', 'refused'],
    ['VOIDED', 'void', 'refused'],
    ['VOIDED', 'reinstate', 'ISSUED'],
  ];

  it.each(expected)('%s: %s → %s', (state, action, next) => {
    const move = (): CertificateState => advance<CertificateState, CertificateAction>('certificate', CERTIFICATE_LIFECYCLE, state, action);
    if (next === 'refused') expect(move).toThrow(expect.objectContaining({ reason: 'certificate.illegal_move' }) as Error);
    else expect(move()).toBe(next);
  });

  it('reaches every state from ISSUED', () => {
    expect(actionsFrom<CertificateState, CertificateAction>(CERTIFICATE_LIFECYCLE, 'ISSUED')).toEqual(['void']);
  });
});

describe('certify', () => {
  it('copies the result unchanged and masks the name', () => {
    const result = {
      resultId: 'r1',
      institution: 'S000021010003',
      planId: 'p1',
      sessionId: 's1',
      occupation: '6-31-01-03',
      level: '4',
      person: 'a',
      examDate: '2026-09-10',
    };
    const number = 'S000021010003264000001' as CertificateNumber;
    expect(certify(result, { name: '张三', idNumber: '210102199003070011' }, number, '2026-10-01')).toEqual({
      ...result,
      number,
      issuedOn: '2026-10-01',
      maskedName: '张*',
    });
  });
});
