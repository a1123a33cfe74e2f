export {
  affectedStatement,
  ATTESTATIONS,
  contradictionsStatement,
  fenceStatement,
  residualStatement,
  scopeStatement,
} from './attestation-statement';
export type { LiftedContent, ScopeContent } from './attestation-statement';
export { CANARY_EVERY_MS, CANARY_INSTITUTIONS, CANARY_TOPIC, canaryNumber } from './canary';
export { EVERY_TOPIC } from './every-topic';
export { TOLD_EVENTS } from './facts';
export type { ToldEvent } from './facts';
export { toJson } from './json';
export type { Json } from './json';
export { noticeAt, noticeStatement } from './notice-statement';
export type { Notice } from './notice-statement';
export { packageStatement } from './package-statement';
export { countElements, MAX_ELEMENTS } from './protobuf-bounds';
export type { NamedCodec } from './protobuf-bounds';
export { RECEIPT_TYPE, receiptStatement } from './receipt-statement';
export type { ReceiptContent, ReceiptOf, ReceiptStatement } from './receipt-statement';
export { SESSIONS_TOPIC } from './session-topic';
export { PARTICIPANTS, PUBLISHERS, READERS, SERVICES } from './services.mts';
export { TOPICS, hasManyWriters, writersOf } from './topics';
export type { Body, Envelope, EnvelopeCodec, Topic, TopicSettings } from './topics';
