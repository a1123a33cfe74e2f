// What the form sends, from what was typed: the fields of the chosen mode and of the step's needs, and no others.
import { particularsOf, serviceOf, type ServiceTyped } from './stated';

const RULES = [
  { mode: 'IN_PERSON', fields: ['receiver', 'capacity', 'servers'], leastServers: 1, proof: '送达回证' },
  { mode: 'LEFT', fields: ['receiver', 'capacity', 'servers', 'credentials', 'witness'], leastServers: 2, proof: '照片' },
  { mode: 'POST', fields: ['receiver', 'capacity', 'postNumber'], leastServers: 0, proof: '回执' },
] as const;

describe('a service', () => {
  const typed: ServiceTyped = {
    mode: 'IN_PERSON',
    receiver: ' 王立新 ',
    servedAt: '2026-11-23T10:00',
    capacity: 'LEGAL_REPRESENTATIVE',
    servers: '张明、李晓，王五',
    postNumber: 'EA123456789CN',
  };
  const rules = RULES.map((rule) => ({ ...rule, fields: [...rule.fields] }));

  it('states the time of Beijing, the names one by one, and only the fields of its mode', () => {
    expect(serviceOf(typed, rules)).toEqual({
      mode: 'IN_PERSON',
      receiver: '王立新',
      service: {
        ...{ servedAt: '2026-11-23T10:00:00+08:00', capacity: 'LEGAL_REPRESENTATIVE', servers: ['张明', '李晓', '王五'], credentials: [] },
        ...{ witness: '', postNumber: '', publishedIn: '', reason: '' },
      },
    });
    const left = { ...typed, mode: 'LEFT', credentials: '21010001、21010002', witness: '赵六' } as const;
    expect(serviceOf(left, rules)?.service).toMatchObject({ credentials: ['21010001', '21010002'], witness: '赵六' });
    expect(serviceOf({ ...typed, mode: 'POST' }, rules)?.service).toMatchObject({ servers: [], postNumber: 'EA123456789CN' });
  });

  it('states no time that was not typed, and nothing without a mode', () => {
    expect(serviceOf({ mode: 'POST', receiver: '王立新' }, rules)?.service).not.toHaveProperty('servedAt');
    expect(serviceOf({ receiver: '王立新' }, rules)).toBeUndefined();
  });
});

describe('the particulars', () => {
  it('are those of the needs, and none without a need', () => {
    const typed = { credential: '21010001', noInterest: true, officerName: '张三' };
    expect(particularsOf(['TEXT', 'CREDENTIAL', 'NO_INTEREST'], typed)).toEqual({ credential: '21010001', noInterest: true });
    expect(particularsOf(['TEXT', 'SERVICE'], typed)).toBeUndefined();
  });

  it('have the findings that were chosen, and the names of a discussion one by one', () => {
    const legalFindings = {
      FACTS: { result: 'PASSED' },
      BASIS: { result: 'FAILED', remark: '依据有误' },
      EVIDENCE: { remark: '未选' },
    } as const;
    expect(particularsOf(['LEGAL_FINDINGS'], { legalFindings })).toEqual({
      legalFindings: [
        { point: 'FACTS', passed: true, remark: '' },
        { point: 'BASIS', passed: false, remark: '依据有误' },
      ],
    });
    expect(particularsOf(['DISCUSSION'], { heldOn: '2026-11-23', participants: '甲、乙 丙', conclusion: '同意' })).toEqual({
      discussion: { heldOn: '2026-11-23', participants: ['甲', '乙', '丙'], conclusion: '同意' },
    });
  });
});
