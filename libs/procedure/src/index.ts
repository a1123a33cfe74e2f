// What a service runs statutory procedures (法定程序) with, by folder: docs/PROCEDURE.md says where each thing goes. The tables and
// decisions without a database are `@hengji/procedure/tables`.
export { chainActs } from './acts/act-chain';
export { acting } from './acts/acting';
export { chainHash, checkpointStatement, NOTHING_BEFORE } from './acts/act';
export { actLine, checkpointLine, exportActs } from './acts/export-acts';
export type { Act, ActedOn, ChainedAct, Principal, SignedCheckpoint } from './acts/act';
export { ACTS_CONFIG } from './acts/config';
export { keepAct, keepOwnAct, ownActOn } from './acts/keep-act';
export { keepAsked, PARKING_ACTS, REPUBLISH_ACTS } from './acts/messaging-acts';
export { actsOf, onBatch, recorded, recordedOnce } from './acts/recorded';
export type { ActTable, Doing, DoingOnce, Done, Recorded, RecordedMethod } from './acts/recorded';
export type { Announced } from './attachments/arriving';
export { attachmentRows } from './attachments/attachment-rows';
export type { AttachmentRow, AttachmentRows } from './attachments/attachment-rows';
export { attachments } from './attachments/attachments';
export type { Attachments } from './attachments/attachments';
export { contentStore } from './attachments/content-store';
export type { ContentStore } from './attachments/content-store';
export { attachmentSweep } from './attachments/keeping';
export { ATTACHMENTS_CONFIG, isStoreSet, openStore } from './attachments/store/open-store';
export type { AttachmentsConfig } from './attachments/store/open-store';
export { fileStore, type FileRow, type FileStore } from './files/file-store';
export { announceLimits, limitClock, recountLimits } from './limits/clock';
export { limits, type LimitOf, type Limits, type LimitsAsked, type LimitStore } from './limits/limits';
export { limitStore } from './limits/limit-store';
export { drawNumber } from './numbers/draw-number';
export { decide, issue, keepLimits, moveLimits, only, runStep, serve, type Moving, type Stage } from './run/step';
export { takeTurn } from './rows';
