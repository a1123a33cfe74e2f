import type { ParkingServiceImplementation } from '@hengji/contracts/messaging/v1/parking_service';
import type { SqlDb, SqlTx } from './sql';
import type { TopicSubscription } from './subscription';

export interface ParkingOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly topics: readonly TopicSubscription<Tx>[];
  readonly now?: () => Date;
}

/** Lists parked messages and gaps; replays a parked key. */
export const parkingServer = <Tx extends SqlTx>(o: ParkingOptions<Tx>): ParkingServiceImplementation => {
  throw new Error(`not there yet: ${o.service}`);
};
