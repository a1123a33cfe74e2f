// Makes messages from waiting uploads, institution by institution, after asking approval about the filing. Where a hold or the filing keeps
// all uploads of an institution back, the job asks again after a pause; so a lifted hold and a renewed filing need no other signal.
import type { Log, Part } from '@hengji/host';
import { guardTime } from '@hengji/participation';
import { sendWaiting } from '../../application/send-waiting';
import type { FilingStanding } from '../../domain/filing';
import type { ApprovalClient } from '../clients/approval';
import type { Database } from '../store/database';
import { exchangeStore } from '../store/exchange-store';
import { noteObstacles, waitingExams, waitingInstitutions } from '../store/waiting';
import { pollLoop } from './poll-loop';

export interface BatcherOptions {
  readonly db: Database;
  readonly approval: Pick<ApprovalClient, 'answersFor'>;
  readonly pollMs: number;
  readonly heldRecheckMs: number;
  /** The pause where the filing covers none of the waiting uploads. */
  readonly filingRecheckMs: number;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

export const batcher = (o: BatcherOptions): Part => {
  /**
   * Institutions whose waiting uploads are all on hold, with the end of their pause by performance.now(): a clock that is set back must not
   * extend a pause.
   */
  const restingUntil = new Map<string, number>();

  const standingOf = async (institution: string): Promise<FilingStanding> => {
    const askedAt = await guardTime(o.db);
    const answers = await o.approval.answersFor(institution, await waitingExams(o.db, institution));
    await noteObstacles(o.db, institution, answers);
    return { answers, askedAt };
  };

  const sendAll = async (institution: string): Promise<void> => {
    const standing = await standingOf(institution);
    const once = (): Promise<number> =>
      o.db.$transaction((tx) => sendWaiting({ store: exchangeStore(tx), newId: o.newId, now: o.now() }, { institution, standing }), {
        maxWait: 10_000,
        timeout: 30_000,
      });
    while ((await once()) > 0);
    const isCovered = standing.answers.some(({ obstacle }) => obstacle === '');
    restingUntil.set(institution, performance.now() + (isCovered ? o.heldRecheckMs : o.filingRecheckMs));
  };

  const loop = pollLoop({
    name: 'batcher',
    everyMs: o.pollMs,
    log: o.log,
    work: async () => {
      for (const [institution, until] of restingUntil) if (until <= performance.now()) restingUntil.delete(institution);
      for (const institution of await waitingInstitutions(o.db)) if (!restingUntil.has(institution)) await sendAll(institution);
    },
  });
  return { name: 'batcher', start: async () => loop.start(), stop: () => loop.stop() };
};
