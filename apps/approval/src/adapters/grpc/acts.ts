// Which RPC writes which act, and on which kind of record. See docs/ACTS.md.
import type { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import type { DecisionNoticeServiceDefinition } from '@hengji/contracts/approval/v1/decision_notice_service';
import type { UsccCheckServiceDefinition } from '@hengji/contracts/approval/v1/uscc_check_service';
import { actsOf, type ActTable } from '@hengji/procedure';

export const ACTS = {
  checkPermission: 'reads',
  getInstitution: 'reads',
  listInstitutions: 'reads',
  listNotices: 'reads',
  importInstitutions: { on: 'institution' },
  countInstitutions: 'reads',
} as const satisfies ActTable<ApprovalServiceDefinition['methods']>;

export const DECISION_NOTICE_ACTS = {
  listDecisionNotices: 'reads',
  getDecisionNotice: 'reads',
  listNoticeEntries: 'reads',
  getNoticePdf: 'reads',
} as const satisfies ActTable<DecisionNoticeServiceDefinition['methods']>;

export const USCC_ACTS = {
  proposeUsccCheck: { on: 'usccCheck' },
  confirmUsccCheck: { on: 'usccCheck' },
  refuseUsccCheck: { on: 'usccCheck' },
  listUsccChecks: 'reads',
  getUsccLicence: 'reads',
} as const satisfies ActTable<UsccCheckServiceDefinition['methods']>;

export const { doing } = actsOf({ ...ACTS, ...DECISION_NOTICE_ACTS });
