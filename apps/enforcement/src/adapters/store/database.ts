// The connection to enforcement's own database.
import { serviceDatabase, sessionPool, writeProbe } from '@hengji/messaging';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export { databasePart } from '@hengji/messaging';

export type Database = PrismaClient;
/** An open transaction. */
export type Tx = Prisma.TransactionClient;

const CONNECTIONS = 10;

export const openDatabase = (databaseUrl: string): Database => {
  const pool = sessionPool({ service: 'enforcement', databaseUrl, max: CONNECTIONS });
  return serviceDatabase(pool, new PrismaClient({ adapter: new PrismaPg(pool) }));
};

/** For readiness: throws why no row can be written now. */
export const canWrite = (db: Database): (() => Promise<true>) => writeProbe(db);
