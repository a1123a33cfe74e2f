// Which RPC writes which act, on which kind of record; for reads of full personal data also the purpose. See docs/ACTS.md.
import type { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { actsOf, type ActTable } from '@hengji/procedure';

export const ACTS = {
  createPlan: { on: 'plan' },
  openSession: { on: 'session' },
  recordResults: { on: 'session' },
  publishResults: { on: 'session' },
  confirmResults: { on: 'result', purpose: '核发证书:核对考生姓名和证件号码' },
  listPlans: 'reads',
  listResults: 'reads',
  getResult: 'reads',
  countRecords: 'reads',
  importPlans: { on: 'plan' },
  importResults: { on: 'result' },
} as const satisfies ActTable<ExamServiceDefinition['methods']>;

export const { doing, doingOnce } = actsOf(ACTS);
