// Both sides of republishing, as a service registers them: it answers its consumers, sends requests to its owners, and checks the broker's
// settings of the topics that it reads and writes.
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
  /** Addresses of the owners of the topics that it reads; without an address, gaps of that owner are listed and not requested. */
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
