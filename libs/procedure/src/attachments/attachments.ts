// Attachments (附件) of a service's files: stored while they stream in, stored under their hash, returned unchanged. The service's own rules
// decide beforehand who may add or read one.
import { randomUUID } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import type { SqlTx } from '@hengji/messaging';
import { arriving, checkAnnounced, MOST_BYTES, type Announced } from './arriving';
import type { AttachmentRow, AttachmentRows } from './attachment-rows';
import type { ContentStore } from './content-store';
import type { AllowedTypes } from './media/media-types';
import { places } from './places';
import type { ByteRange, Content } from './store/object-store';

const DAY_MS = 86_400_000;
/** The maximum that one person may upload per day, so that nobody fills the store. */
const MOST_BYTES_A_DAY = 20 * MOST_BYTES;

export interface Added<Kind extends string> {
  readonly fileId: string;
  readonly kind: Kind;
  readonly announced: Announced;
  readonly addedBy: string;
  /** Empty when an officer adds it. */
  readonly institution: string;
  readonly content: Content;
}

interface Deps<Kind extends string> {
  readonly content: ContentStore;
  readonly rows: AttachmentRows;
  readonly kinds: AllowedTypes<Kind>;
  readonly db: SqlTx;
  readonly now: () => Date;
  readonly mostBytes?: number;
}

export interface Attachments<Kind extends string> {
  /**
   * Stores the content, then calls `write` with the row to insert; `write` opens its own transaction. Refuses `attachment.*` by rule,
   * `store.unavailable`. A failure leaves no row; bytes without a row are removed by the sweep.
   */
  add<R>(added: Added<Kind>, write: (row: AttachmentRow) => Promise<R>): Promise<R>;
  /** The bytes of one attachment, or a part of them. Refuses `attachment.lost`, `attachment.altered`, `store.unavailable`. */
  read(row: AttachmentRow, part?: ByteRange): Content;
}

export const attachments = <Kind extends string>(o: Deps<Kind>): Attachments<Kind> => {
  const { content: store, rows, kinds, db, now, mostBytes: most = MOST_BYTES } = o;
  const atOnce = places();

  const checkDay = async (person: string, coming: number): Promise<void> => {
    const before = await rows.bytesSince(db, person, new Date(now().getTime() - DAY_MS));
    if (before + coming > MOST_BYTES_A_DAY)
      throw new Refusal('tooMuch', 'attachment.day_full', '您在24小时内上传的附件已达上限，请明天再传', {
        field: 'content',
        rule: `≤ ${MOST_BYTES_A_DAY} bytes`,
      });
  };

  return {
    add: async ({ announced, kind, content, ...about }, write) => {
      checkAnnounced(announced, most);
      const leave = atOnce.enter(about.addedBy);
      try {
        await checkDay(about.addedBy, announced.bytes);
        const file = arriving(content, { announced, kind, kinds, most });
        const { sha256, bytes } = await store.put(file.content);
        const { name } = announced;
        return await write({ id: randomUUID(), ...about, kind, name, mediaType: file.mediaType(), bytes, sha256, addedAt: now() });
      } finally {
        leave();
      }
    },
    read: (row, part) => (part ? store.readPart(row, part) : store.read(row)),
  };
};
