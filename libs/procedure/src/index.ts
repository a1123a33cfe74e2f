// What a service runs statutory procedures (法定程序) with, by folder: docs/PROCEDURE.md says where each thing goes.
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
