// The parking service as each service registers it. Only persons at the gateway look at messages, replay and discard them.
import { ParkingServiceDefinition } from '@hengji/contracts/messaging/v1/parking_service';
import { grpcService, type CallerTable, type GrpcService } from '@hengji/host';
import type { SqlTx } from '../sql';
import { parkingServer, type ParkingOptions } from './parking-server';

const CALLERS = {
  listParked: ['gateway'],
  getParked: ['gateway'],
  replayParked: ['gateway'],
  proposeDiscard: ['gateway'],
  confirmDiscard: ['gateway'],
  listParkedGroups: ['gateway'],
  proposeGroupDiscard: ['gateway'],
  confirmGroupDiscard: ['gateway'],
  listDiscarded: ['gateway'],
  listGaps: ['gateway'],
} as const satisfies CallerTable<ParkingServiceDefinition['methods']>;

export const parkingService = <Tx extends SqlTx>(o: ParkingOptions<Tx>): GrpcService =>
  grpcService(ParkingServiceDefinition, parkingServer(o), CALLERS);
