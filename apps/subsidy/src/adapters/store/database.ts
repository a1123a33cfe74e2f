// The service's own database, through Prisma and through SQL on the same connections.
import { serviceDatabase, sessionPool, writeProbe } from '@hengji/messaging';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export { databasePart } from '@hengji/messaging';

export type Database = PrismaClient;
/** An open transaction; a Database serves as one for reads that need none. */
export type Tx = Prisma.TransactionClient;

const CONNECTIONS = 10;

/** A pool on the URL; connects with the first query. */
export const openDatabase = (databaseUrl: string): Database => {
  const pool = sessionPool({ service: 'subsidy', databaseUrl, max: CONNECTIONS });
  return serviceDatabase(pool, new PrismaClient({ adapter: new PrismaPg(pool) }));
};

/** For readiness: throws why no row can be written now. */
export const canWrite = (db: Database): (() => Promise<true>) => writeProbe(db);
