// ExchangeService: requests in, use cases or the store behind.
import type { ExchangeServiceImplementation } from '@hengji/contracts/exchange/v1/exchange_service';
import { checkGuard } from '@hengji/participation';
import { retryMessage } from '../../application/retry-message';
import { checkRole } from '../../domain/roles';
import type { Database, Tx } from '../store/database';
import { exchangeStore } from '../store/exchange-store';
import { countUploads, findRecords } from '../store/uploads';
import { getMessage, listMessages } from './agency-message';
import { importUploads } from './import-uploads';

export interface ExchangeServerDeps {
  readonly db: Database;
  readonly newId: () => string;
  readonly now: () => Date;
}

const guardOf =
  (tx: Tx) =>
  async (institution: string, numbers: readonly string[]): Promise<void> => {
    const records = await findRecords(tx, numbers);
    await checkGuard(
      tx,
      institution,
      records.map(({ number, ...rest }) => ({ ...rest, certificateNumber: number })),
    );
  };

export const exchangeServer = ({ db, newId, now }: ExchangeServerDeps): ExchangeServiceImplementation => ({
  listMessages: async (request) => {
    checkRole('list', request.actor?.role);
    return listMessages(db, request);
  },
  retryMessage: async ({ actor, messageId }) => {
    checkRole('retry', actor?.role);
    return db.$transaction(async (tx) => {
      const due = await retryMessage({ store: exchangeStore(tx), checkGuard: guardOf(tx), newId, now: now() }, messageId);
      return { message: await getMessage(tx, due) };
    });
  },
  countUploads: ({ institution }) => countUploads(db, institution),
  importUploads: importUploads(db, now),
});
