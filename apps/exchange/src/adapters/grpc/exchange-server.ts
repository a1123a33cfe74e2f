// ExchangeService: maps requests to use cases or to the store.
import type { ExchangeServiceImplementation } from '@hengji/contracts/exchange/v1/exchange_service';
import type { CallerContext } from '@hengji/host';
import { checkGuard } from '@hengji/participation';
import { recorded } from '@hengji/procedure';
import { retryMessage } from '../../application/retry-message';
import { checkRole } from '../../domain/roles';
import type { Database, Tx } from '../store/database';
import { exchangeStore } from '../store/exchange-store';
import { countUploads, findRecords } from '../store/uploads';
import { doing } from './acts';
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

export const exchangeServer = ({ db, newId, now }: ExchangeServerDeps): ExchangeServiceImplementation<CallerContext> => ({
  listMessages: async (request) => {
    checkRole('list', request.actor?.role);
    return listMessages(db, request);
  },
  retryMessage: async (request, call) => {
    const { actor, messageId } = request;
    checkRole('retry', actor?.role);
    return db.$transaction((tx) =>
      recorded(tx, doing('retryMessage', request, call), async () => {
        const due = await retryMessage({ store: exchangeStore(tx), checkGuard: guardOf(tx), newId, now: now() }, messageId);
        const message = await getMessage(tx, due);
        const { institution, orderId } = message;
        return { answer: { message }, on: { id: messageId, institution }, orderId };
      }),
    );
  },
  countUploads: ({ institution }) => countUploads(db, institution),
  importUploads: importUploads(db, now),
});
