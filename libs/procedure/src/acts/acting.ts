// Acts as a service lists them in its compose.ts: the background step that chains and signs acts, and the gRPC service that lists them.
import { ActsServiceDefinition } from '@hengji/contracts/procedure/v1/acts_service';
import { grpcService, type GrpcService, type Part } from '@hengji/host';
import { actChain, type ActChainOptions } from './act-chain';
import type { ActsDeps } from './act-list';
import { actsServer, ACTS_CALLERS } from './acts-server';

export const acting = (o: ActChainOptions & ActsDeps): { readonly chain: Part; readonly service: GrpcService } => ({
  chain: actChain(o),
  service: grpcService(ActsServiceDefinition, actsServer(o), ACTS_CALLERS),
});
