// Lists (列表), each described once. They have an entry point of their own, `@hengji/contracts/lists`, because a screen that shows a list
// needs no codec.
export { listAddressOf, listQueryOf } from './address';
export { ACT_DETAIL_WORDS, ACT_WORDS, ACTING_WORDS, RECORD_KIND_WORDS } from './act-words';
export { LISTS } from './every-list';
export { EVIDENCE_FILE_WORDS } from './evidence-words';
export type { ListName } from './every-list';
export { listParams, OPS_OF } from './spec';
export type { FieldKind, ListField, ListParam, ListSpec, QueriedField } from './spec';
export {
  AGENCY_WORDS,
  AUTHORITY_WORDS,
  CASE_STATE_WORDS,
  CERTIFICATE_STATE_WORDS,
  DEADLINE_STATE_WORDS,
  FUND_SOURCE_WORDS,
  FILING_STATUS_WORDS,
  LEAD_SOURCE_WORDS,
  MESSAGE_STATE_WORDS,
  ORDER_PHASE_WORDS,
  PLAN_STATE_WORDS,
  RECOVERY_STATE_WORDS,
  REMEDY_KIND_WORDS,
  REMEDY_RESULT_WORDS,
  REMEDY_STATE_WORDS,
  RESULT_STATE_WORDS,
} from './words';
