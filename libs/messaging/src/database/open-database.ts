// How a service opens its database: sessions of its own, and the generated client on them.
import type { Pool } from 'pg';
import type { SqlTx } from '../sql';
import { serviceDatabase, type Transacting } from './service-database';
import { sessionPool } from './session-pool';

const CONNECTIONS = 10;

/** Returns a function that opens the database at an address. The first query connects; `max`: sessions at once, ten by default. */
export const databaseOf =
  <Tx extends SqlTx, Db extends Transacting<Tx>>(
    { service, max = CONNECTIONS }: { readonly service: string; readonly max?: number },
    clientOn: (pool: Pool) => Db,
  ) =>
  (databaseUrl: string): Db => {
    const pool = sessionPool({ service, databaseUrl, max });
    return serviceDatabase(pool, clientOn(pool));
  };
