// Both sides of what topics may forget, as a service lists them: it answers its readers, asks its owners, and looks how the broker
// keeps what it reads and writes.
import { TOPICS } from '@hengji/contracts';
import { RepublishServiceDefinition } from '@hengji/contracts/messaging/v1/republish_service';
import { grpcService, type GrpcService, type Part } from '@hengji/host';
import type { SqlTx } from '../sql';
import { topicsKept } from '../topics-kept';
import { gapRepair, type GapRepairOptions } from './gap-repair';
import { ownersAt } from './owners';
import { republishCallers, republishServer, type RepublishOptions } from './republish-server';

export interface RepublishingOptions<Tx extends SqlTx> extends Omit<GapRepairOptions<Tx>, 'owners'>, RepublishOptions<Tx> {
  readonly config: { readonly CALLER_SECRET: string };
  /** Addresses of the owners of what it reads; without one, gaps of that owner are listed and not asked for. */
  readonly owners: Readonly<Record<string, string | undefined>>;
}

export const republishing = <Tx extends SqlTx>(o: RepublishingOptions<Tx>): { parts: Part[]; service: GrpcService } => {
  const owners = ownersAt({ caller: o.service, secret: o.config.CALLER_SECRET, addresses: o.owners });
  const written = Object.values(TOPICS).filter(({ owner }) => owner === o.service || owner === 'many');
  const topics = [...new Set([...o.topics.map(({ topic }) => topic), ...written.map(({ name }) => name)])];
  return {
    parts: [owners, topicsKept({ kafka: o.kafka, topics, log: o.log }), gapRepair({ ...o, owners })],
    service: grpcService(RepublishServiceDefinition, republishServer(o), republishCallers(o)),
  };
};
