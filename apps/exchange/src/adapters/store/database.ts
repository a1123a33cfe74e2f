// The service's own database.
import { PrismaPg } from '@prisma/adapter-pg';
import { serviceDatabase, sessionPool, writeProbe } from '@hengji/messaging';
import { PrismaClient, type Prisma } from '../../generated/client';

export { databasePart } from '@hengji/messaging';

export type Database = PrismaClient;
export type Tx = Prisma.TransactionClient;

export const openDatabase = (databaseUrl: string): Database => {
  const pool = sessionPool({ service: 'exchange', databaseUrl, max: 16 });
  return serviceDatabase(pool, new PrismaClient({ adapter: new PrismaPg(pool) }));
};

/** For readiness: throws why no row can be written now. */
export const canWrite = (db: Database): (() => Promise<true>) => writeProbe(db);
