// What a service runs statutory procedures (法定程序) with, by folder: docs/PROCEDURE.md says where each thing goes. The tables and
// decisions without a database are `@hengji/procedure/tables`.
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
