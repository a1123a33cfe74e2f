// The act that each RPC writes, and the kind of its record. See docs/ACTS.md.
import type { CalendarServiceDefinition } from '@hengji/contracts/enforcement/v1/calendar_service';
import type { CaseServiceDefinition } from '@hengji/contracts/enforcement/v1/case_service';
import type { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { ParameterServiceDefinition } from '@hengji/contracts/enforcement/v1/parameter_service';
import type { RemedyServiceDefinition } from '@hengji/contracts/enforcement/v1/remedy_service';
import { actsOf, type ActTable } from '@hengji/procedure';

export const ACTS = {
  draftOrder: { on: 'order' },
  // The preview is stored with the draft.
  previewOrder: { on: 'order' },
  editDraft: { on: 'order' },
  discardDraft: { on: 'order' },
  listDraftVersions: 'reads',
  previewSuperseding: 'reads',
  checkNumbers: 'reads',
  signOrder: { on: 'order' },
  liftOrder: { on: 'order' },
  previewDrift: 'reads',
  confirmDrift: { on: 'order' },
  sweepOrder: { on: 'order' },
  suspendOrder: { on: 'order' },
  resumeOrder: { on: 'order' },
  getCompletionCertificate: 'reads',
  proveRecord: 'reads',
  listLeftRecords: 'reads',
  decideLeftRecord: { on: 'order' },
  retryRow: { on: 'order' },
  getOrder: 'reads',
  listOrders: 'reads',
  listOrderNumbers: 'reads',
  watchOrder: 'reads',
  listFences: 'reads',
} as const satisfies ActTable<EnforcementServiceDefinition['methods']>;

export const CASE_ACTS = {
  openCase: { on: 'case' },
  takeStep: { on: 'case' },
  previewNotice: 'reads',
  getCase: 'reads',
  listCases: 'reads',
  listDeadlines: 'reads',
  getDocument: 'reads',
  issueDocument: { on: 'document' },
  serveDocument: { on: 'document' },
  uploadAttachment: { on: 'attachment' },
  readAttachment: 'reads',
  addAttachment: { on: 'attachment' },
  getAttachment: 'reads',
  giveEvidence: { on: 'case' },
  checkRectification: { on: 'case' },
  finishFollowUp: { on: 'case' },
} as const satisfies ActTable<CaseServiceDefinition['methods']>;

export const CALENDAR_ACTS = {
  listCalendarYears: 'reads',
  proposeCalendarYear: { on: 'calendar_year' },
  confirmCalendarYear: { on: 'calendar_year' },
} as const satisfies ActTable<CalendarServiceDefinition['methods']>;

export const PARAMETER_ACTS = {
  listParameters: 'reads',
  proposeParameter: { on: 'parameter' },
  confirmParameter: { on: 'parameter' },
} as const satisfies ActTable<ParameterServiceDefinition['methods']>;

export const REMEDY_ACTS = {
  openRemedy: { on: 'remedy' },
  takeRemedyStep: { on: 'remedy' },
  getRemedy: 'reads',
  listRemedies: 'reads',
} as const satisfies ActTable<RemedyServiceDefinition['methods']>;

export const { doing, doingOnce } = actsOf({ ...ACTS, ...CASE_ACTS, ...CALENDAR_ACTS, ...PARAMETER_ACTS, ...REMEDY_ACTS });
