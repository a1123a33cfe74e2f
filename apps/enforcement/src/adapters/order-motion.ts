// The parts that continue orders without a person: the listener for committed changes, the driver for due steps, and the
// nightly sweep of closed orders.
import type { Log, Part } from '@hengji/host';
import type { Changes, Driver, Orders } from '../application/ports';
import type { UseCases } from '../application/use-cases';
import type { Config } from '../config';
import { nightlySweep } from './jobs/nightly-sweep';
import { orderDriver } from './jobs/order-driver';
import type { Tx } from './store/database';
import { orderChanges } from './store/order-changes';

interface Options {
  readonly config: Config;
  readonly orders: Orders<Tx>;
  readonly enforcement: Pick<UseCases<Tx>, 'drive' | 'chase' | 'remind' | 'sweepClosed'>;
  readonly log: Log;
  readonly now: () => Date;
}

/** The parts in the sequence of their start, the entry point for a run of the driver, and the registration for changes. */
export const orderMotion = ({ config, orders, enforcement, log, now }: Options): { driver: Driver; changes: Changes; parts: Part[] } => {
  const findDue = (): Promise<string[]> => orders.findDue(now(), config.FENCE_PATIENCE_MS);
  const driver = orderDriver({ drive: enforcement.drive, findDue, chase: () => enforcement.chase().then(enforcement.remind), log });
  const changes = orderChanges({ databaseUrl: config.DATABASE_URL, log, onChange: (orderId) => void driver.drive(orderId) });
  const nights = nightlySweep({ ...config, find: orders.findSweepable, sweep: enforcement.sweepClosed, now, log });
  return { driver, changes, parts: [driver, nights, changes] };
};
