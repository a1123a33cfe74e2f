// Attachments (附件) of a service's files: taken in as they stream, kept by their hash, given out as they were. Who may add or read one is
// the service's own rule, decided before.
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
/** A person hands in no more in a day: nobody fills the store. */
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
   * Stores the content, then calls `write` with the row to insert, in which it opens its transaction. Refuses `attachment.*` by rule,
   * `store.unavailable`. Whatever fails leaves no row; bytes without a row are swept.
   */
  add<R>(added: Added<Kind>, write: (row: AttachmentRow) => Promise<R>): Promise<R>;
  /** The bytes of one, or a part of them. Refuses `attachment.lost`, `attachment.altered`, `store.unavailable`. */
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
