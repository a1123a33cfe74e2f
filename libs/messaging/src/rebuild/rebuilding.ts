// `main.js rebuild` of a service: opens what a rebuild needs from the service's configuration and closes it at the end.
import { createLog } from '@hengji/host';
import { connectKafka, kafkaOf } from '../kafka/connect-kafka';
import { ownersAt } from '../republish/owners';
import { sealReader, type SealConfig } from '../seal/seal-check';
import type { SqlDb, SqlTx } from '../sql';
import { rebuild, type FactCopy, type Rebuilt } from './rebuild';

export interface RebuildingOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly config: SealConfig & Parameters<typeof kafkaOf>[0] & { readonly CALLER_SECRET: string; readonly LOG_LEVEL: string };
  /** Addresses of the owners of the copied facts; without an address, events that the topic has lost stay missing. */
  readonly owners: Readonly<Record<string, string | undefined>>;
}

/** Rebuilds the copy of a stopped service; see `rebuild`. */
export const rebuilding = async <Tx extends SqlTx>(
  { service, db, config, ...o }: RebuildingOptions<Tx>,
  copy: FactCopy<Tx>,
): Promise<Rebuilt> => {
  const log = createLog(service, config.LOG_LEVEL);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: service, log });
  const owners = ownersAt({ caller: service, secret: config.CALLER_SECRET, addresses: o.owners });
  try {
    return await rebuild({ service, db, kafka, seals: sealReader(config), owners, log }, copy);
  } finally {
    await owners.stop();
  }
};
