// ExchangeService: maps requests to use cases or to the store.
import type { ExchangeServiceImplementation } from '@hengji/contracts/exchange/v1/exchange_service';
import type { CallerContext } from '@hengji/host';
import { checkGuard, guardTime } from '@hengji/participation';
import { recorded } from '@hengji/procedure';
import { filingObstacle } from '@hengji/province';
import { retryMessage } from '../../application/retry-message';
import { checkFiled, type FilingStanding } from '../../domain/filing';
import { checkRole } from '../../domain/roles';
import type { ApprovalClient } from '../clients/approval';
import type { Database, Tx } from '../store/database';
import { exchangeStore } from '../store/exchange-store';
import { countUploads, findRecords, rejectedExams } from '../store/uploads';
import { countObstacles } from '../store/waiting';
import { doing } from './acts';
import { getMessage, listMessages } from './agency-message';
import { importUploads } from './import-uploads';

export interface ExchangeServerDeps {
  readonly db: Database;
  readonly approval: Pick<ApprovalClient, 'answersFor'>;
  readonly newId: () => string;
  readonly now: () => Date;
}

const checkUploads =
  (tx: Tx, standing: FilingStanding) =>
  async (institution: string, numbers: readonly string[]): Promise<void> => {
    const records = await findRecords(tx, numbers);
    await checkGuard(
      tx,
      institution,
      records.map(({ number, ...rest }) => ({ ...rest, certificateNumber: number })),
      standing.askedAt,
    );
    checkFiled(standing);
  };

/** approval's answers for the rejected uploads of a message; other messages ask nothing. */
const standingOf = async ({ db, approval }: Pick<ExchangeServerDeps, 'db' | 'approval'>, messageId: string): Promise<FilingStanding> => {
  const askedAt = await guardTime(db);
  const { institution, exams } = await rejectedExams(db, messageId);
  return { answers: await approval.answersFor(institution, exams), askedAt };
};

export const exchangeServer = ({ db, approval, newId, now }: ExchangeServerDeps): ExchangeServiceImplementation<CallerContext> => ({
  listMessages: async (request) => {
    checkRole('list', request.actor?.role);
    return listMessages(db, request);
  },
  retryMessage: async (request, call) => {
    const { actor, messageId } = request;
    checkRole('retry', actor?.role);
    const standing = await standingOf({ db, approval }, messageId);
    return db.$transaction((tx) =>
      recorded(tx, doing('retryMessage', request, call), async () => {
        const due = await retryMessage(
          { store: exchangeStore(tx), checkUploads: checkUploads(tx, standing), newId, now: now() },
          messageId,
        );
        const message = await getMessage(tx, due);
        const { institution, orderId } = message;
        return { answer: { message }, on: { id: messageId, institution }, orderId };
      }),
    );
  },
  countUploads: async ({ institution }) => {
    const obstacles = await countObstacles(db, institution);
    const waiting = obstacles.map(({ obstacle, uploads }) => ({ obstacle, title: filingObstacle(obstacle), uploads }));
    return { ...(await countUploads(db, institution)), ...(waiting.length > 0 && { kept: { waiting } }) };
  },
  importUploads: importUploads(db, now),
});
