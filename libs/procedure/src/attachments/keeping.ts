// The sweep of the object store, a few times a day: rests of interrupted uploads, and content that no attachment references.
import { every, metrics, type Log, type Part } from '@hengji/host';
import type { SqlTx } from '@hengji/messaging';
import type { AttachmentRows } from './attachment-rows';
import type { ContentStore } from './content-store';

const SWEEP_EVERY_MS = 6 * 3_600_000;
/** Longer than any upload, and than any retry under the same request id. */
const GRACE_MS = 24 * 3_600_000;
const STOP_WITHIN_MS = 5_000;

const swept = metrics.counter('hengji_attachment_objects_swept_total', 'Objects that no attachment names', ['what']);

interface Options {
  readonly content: ContentStore;
  readonly rows: Pick<AttachmentRows, 'named'>;
  readonly db: SqlTx;
  readonly now: () => Date;
  readonly log: Log;
}

export const attachmentSweep = ({ content, rows, db, now, log }: Options): Part => {
  const loop = every(SWEEP_EVERY_MS, {
    work: async () => {
      const done = await content.sweep(new Date(now().getTime() - GRACE_MS), (hashes) => rows.named(db, hashes));
      for (const [what, count] of Object.entries(done)) swept.inc({ what }, count);
      if (Object.values(done).some((count) => count > 0)) log.info(done, 'objects without an attachment were swept');
    },
    failed: (failure) => log.warn({ err: failure }, 'the object store could not be swept; it will be'),
    stopWithinMs: STOP_WITHIN_MS,
  });
  return { name: 'attachment-sweep', start: async () => loop.start(), stop: loop.stop };
};
