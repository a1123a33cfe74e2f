// Which service may call which RPC. `import` is the loader of existing records; people call through the gateway.
import type { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import type { CallerTable } from '@hengji/host';

export const CALLERS = {
  createPlan: ['gateway'],
  openSession: ['gateway'],
  recordResults: ['gateway'],
  publishResults: ['gateway'],
  confirmResults: ['certificate'],
  listPlans: ['gateway'],
  listResults: ['gateway'],
  getResult: ['gateway'],
  countRecords: ['gateway', 'enforcement', 'import'],
  importPlans: ['import'],
  importResults: ['import'],
} as const satisfies CallerTable<ExamServiceDefinition['methods']>;
