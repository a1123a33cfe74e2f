// The attachments of one service, as its compose.ts creates them: rows, bytes in the object store, and the sweep of unreferenced content.
import type { Log, Part } from '@hengji/host';
import type { SqlTx } from '@hengji/messaging';
import { attachmentRows, type AttachmentRows } from './attachment-rows';
import { attachments, type Attachments } from './attachments';
import { contentStore, type ContentStore } from './content-store';
import { attachmentSweep } from './keeping';
import type { AllowedTypes } from './media/media-types';
import { isStoreSet, openStore, type AttachmentsConfig } from './store/open-store';

interface Options<Kind extends string> {
  readonly service: string;
  readonly config: AttachmentsConfig;
  /** Kind of evidence → the types of files that it accepts. */
  readonly kinds: AllowedTypes<Kind>;
  readonly db: SqlTx;
  readonly log: Log;
  readonly now: () => Date;
  /** Where rows are read, if not only in the table. */
  readonly rows?: AttachmentRows;
}

export interface ServiceAttachments<Kind extends string> extends Attachments<Kind> {
  readonly rows: AttachmentRows;
  readonly store: ContentStore;
  /** Empty if no object store is configured. */
  readonly parts: readonly Part[];
}

export const serviceAttachments = <Kind extends string>(o: Options<Kind>): ServiceAttachments<Kind> => {
  const { service, config, kinds, db, log, now, rows = attachmentRows() } = o;
  const onTrouble = (failure: unknown, what: string): void => log.error({ err: failure, what }, 'trouble with the store of attachments');
  const store = contentStore({ store: openStore(config, onTrouble), service, onTrouble });
  const parts = isStoreSet(config) ? [attachmentSweep({ content: store, rows, db, now, log })] : [];
  return { ...attachments({ content: store, rows, kinds, db, now }), rows, store, parts };
};
