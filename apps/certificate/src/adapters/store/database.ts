// The service's own database, through Prisma and through SQL on the same connections.
import type { Part } from '@hengji/host';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export type Database = PrismaClient;
/** An open transaction; a Database serves as one for reads that need none. */
export type Tx = Prisma.TransactionClient;

const CONNECTIONS = 10;

/** A pool on the URL; connects with the first query. */
export const openDatabase = (url: string): Database =>
  new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: CONNECTIONS }) });

/** Connects at start, so that a wrong address is known at once, and disconnects last. */
export const databasePart = (db: Database): Part => ({
  name: 'database',
  start: async () => {
    await db.$queryRawUnsafe('SELECT 1');
  },
  stop: () => db.$disconnect(),
});
