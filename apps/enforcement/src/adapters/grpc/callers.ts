// The callers of each RPC: the gateway for people; the services for ListFences.
import type { CalendarServiceDefinition } from '@hengji/contracts/enforcement/v1/calendar_service';
import type { CaseServiceDefinition } from '@hengji/contracts/enforcement/v1/case_service';
import type { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { ParameterServiceDefinition } from '@hengji/contracts/enforcement/v1/parameter_service';
import type { RemedyServiceDefinition } from '@hengji/contracts/enforcement/v1/remedy_service';
import type { TaskServiceDefinition } from '@hengji/contracts/procedure/v1/task_service';
import type { CallerTable } from '@hengji/host';
import { SERVICES } from '../../domain/cascade';

const PEOPLE = ['gateway'];

export const CALLERS = {
  draftOrder: PEOPLE,
  previewOrder: PEOPLE,
  editDraft: PEOPLE,
  discardDraft: PEOPLE,
  listDraftVersions: PEOPLE,
  previewSuperseding: PEOPLE,
  checkNumbers: PEOPLE,
  signOrder: PEOPLE,
  liftOrder: PEOPLE,
  suspendOrder: PEOPLE,
  resumeOrder: PEOPLE,
  listLeftRecords: PEOPLE,
  decideLeftRecord: PEOPLE,
  getCompletionCertificate: PEOPLE,
  proveRecord: PEOPLE,
  previewDrift: PEOPLE,
  confirmDrift: PEOPLE,
  sweepOrder: PEOPLE,
  retryRow: PEOPLE,
  getOrder: PEOPLE,
  listOrders: PEOPLE,
  listOrderNumbers: PEOPLE,
  watchOrder: PEOPLE,
  listFences: SERVICES,
} as const satisfies CallerTable<EnforcementServiceDefinition['methods']>;

export const CASE_CALLERS = {
  openCase: PEOPLE,
  takeStep: PEOPLE,
  previewNotice: PEOPLE,
  getCase: PEOPLE,
  listCases: PEOPLE,
  listDeadlines: PEOPLE,
  // exchange sends the package of a transfer order, byte for byte.
  getDocument: [...PEOPLE, 'exchange'],
  issueDocument: PEOPLE,
  serveDocument: PEOPLE,
  uploadAttachment: PEOPLE,
  readAttachment: [...PEOPLE, 'exchange'],
  addAttachment: PEOPLE,
  getAttachment: [...PEOPLE, 'exchange'],
  giveEvidence: PEOPLE,
  checkRectification: PEOPLE,
  finishFollowUp: PEOPLE,
} as const satisfies CallerTable<CaseServiceDefinition['methods']>;

export const CALENDAR_CALLERS = {
  listCalendarYears: PEOPLE,
  proposeCalendarYear: PEOPLE,
  confirmCalendarYear: PEOPLE,
} as const satisfies CallerTable<CalendarServiceDefinition['methods']>;

export const PARAMETER_CALLERS = {
  listParameters: PEOPLE,
  proposeParameter: PEOPLE,
  confirmParameter: PEOPLE,
} as const satisfies CallerTable<ParameterServiceDefinition['methods']>;

export const REMEDY_CALLERS = {
  openRemedy: PEOPLE,
  takeRemedyStep: PEOPLE,
  getRemedy: PEOPLE,
  listRemedies: PEOPLE,
} as const satisfies CallerTable<RemedyServiceDefinition['methods']>;

export const TASK_CALLERS = {
  listTasks: PEOPLE,
  countTasks: PEOPLE,
  listTaskOfficers: PEOPLE,
  assignTask: PEOPLE,
  handOverTask: PEOPLE,
  takeBackTask: PEOPLE,
  listReminders: PEOPLE,
  markReminderRead: PEOPLE,
} as const satisfies CallerTable<TaskServiceDefinition['methods']>;
