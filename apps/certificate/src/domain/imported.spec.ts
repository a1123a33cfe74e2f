import { Refusal } from '@hengji/domain-kit';
import { decideImported, type ImportedCertificate, isSameCertificate } from './imported';

const HOLDER = { name: '张三丰', idNumber: '210102199003070011' };
const KNOWN = { holder: HOLDER, person: 'a', today: '2026-10-01' };
const GIVEN: ImportedCertificate = {
  number: 'S000021010003264000017',
  resultId: 'r1',
  institution: 'S000021010003',
  planId: 'p1',
  sessionId: 's1',
  occupation: '6-31-01-03',
  level: '4',
  person: '',
  examDate: '2026-09-10',
  issuedOn: '2026-10-01',
};

const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
  throw new Error('was not refused');
};

describe('an imported certificate', () => {
  it('is accepted with the pseudonym and the masked name computed here', () => {
    expect(decideImported(GIVEN, KNOWN, 'c')).toEqual({ ...GIVEN, person: 'a', maskedName: '张**' });
    expect(decideImported({ ...GIVEN, person: 'a' }, KNOWN, 'c').person).toBe('a');
  });

  it('may be issued today, not tomorrow', () => {
    expect(refusalOf(() => decideImported(GIVEN, { ...KNOWN, today: '2026-09-30' }, 'c'))).toMatchObject({
      reason: 'certificate.issued_on_invalid',
      detail: { field: 'c.issued_on' },
    });
  });

  it('may be issued on the day of the exam, not before', () => {
    expect(decideImported({ ...GIVEN, issuedOn: '2026-09-10' }, KNOWN, 'c').issuedOn).toBe('2026-09-10');
    expect(refusalOf(() => decideImported({ ...GIVEN, issuedOn: '2026-09-09' }, KNOWN, 'c'))).toMatchObject({
      reason: 'certificate.issued_on_invalid',
      detail: { field: 'c.issued_on' },
    });
  });

  it.each([
    ['number', 'S00002101000326400001', 'certificate.number_invalid', 'c.number'],
    ['number', 's000021010003264000017', 'certificate.number_invalid', 'c.number'],
    ['number', 'S000011010003264000017', 'certificate.number_invalid', 'c.number'],
    ['number', 'S000021010003264000000', 'certificate.number_invalid', 'c.number'],
    ['number', 'S999921990001261000001', 'institution.code_reserved', 'c.number'],
    ['number', 'S999921990008264000002', 'institution.code_reserved', 'c.number'],
    ['institution', 'S000021010004', 'certificate.number_contradicted', 'c.institution'],
    ['level', '3', 'certificate.number_contradicted', 'c.level'],
    ['issuedOn', '2027-01-01', 'certificate.number_contradicted', 'c.issued_on'],
    ['issuedOn', '2026-02-30', 'certificate.issued_on_invalid', 'c.issued_on'],
    ['examDate', '', 'certificate.exam_date_invalid', 'c.exam_date'],
    ['person', 'b', 'person.mismatch', 'c.person'],
    ['resultId', '', 'result.id_invalid', 'c.result_id'],
    ['planId', 'p 1', 'plan.id_invalid', 'c.plan_id'],
    ['sessionId', '', 'session.id_invalid', 'c.session_id'],
    ['occupation', '电工', 'occupation.code_invalid', 'c.occupation'],
  ])('is refused with %s “%s”', (field, value, reason, path) => {
    expect(refusalOf(() => decideImported({ ...GIVEN, [field]: value }, KNOWN, 'c'))).toMatchObject({
      kind: 'invalid',
      reason,
      detail: { field: path },
    });
  });

  it('is the same only when all its facts are equal', () => {
    const one = decideImported(GIVEN, KNOWN, 'c');
    expect(isSameCertificate(one, { ...one })).toBe(true);
    for (const field of ['number', 'resultId', 'planId', 'sessionId', 'occupation', 'person', 'examDate', 'issuedOn']) {
      expect(isSameCertificate(one, { ...one, [field]: 'other' })).toBe(false);
    }
  });
});
