// `main.js rebuild`: rebuilds from certificate.v1 which certificate was issued on which result, while exam is stopped.
import { type FactCopy, rebuilding, type Rebuilt } from '@hengji/messaging';
import { onCertificate } from './adapters/kafka/on-certificate';
import { openDatabase, type Tx } from './adapters/store/database';
import { forgetCertificates } from './adapters/store/result-store';
import type { Config } from './config';

const CERTIFICATES: FactCopy<Tx> = { subscription: onCertificate, empty: forgetCertificates };

export const rebuildCopies = (config: Config): Promise<Rebuilt> => {
  const db = openDatabase(config.DATABASE_URL);
  const owners = { certificate: config.CERTIFICATE_ADDR };
  return rebuilding({ service: 'exam', db, config, owners }, CERTIFICATES).finally(() => db.$disconnect());
};
