// `main.js rebuild`: rebuilds from exchange.v1 the state of each certificate at the ministry's platform, while certificate is stopped.
import { type FactCopy, rebuilding, type Rebuilt } from '@hengji/messaging';
import { onExchange } from './adapters/kafka/on-exchange';
import { openDatabase, type Tx } from './adapters/store/database';
import { forgetUploads } from './adapters/store/upload-store';
import type { Config } from './config';

const UPLOADS: FactCopy<Tx> = { subscription: onExchange, empty: forgetUploads };

export const rebuildCopies = (config: Config): Promise<Rebuilt> => {
  const db = openDatabase(config.DATABASE_URL);
  const owners = { exchange: config.EXCHANGE_ADDR };
  return rebuilding({ service: 'certificate', db, config, owners }, UPLOADS).finally(() => db.$disconnect());
};
