// The connection to enforcement's own database.
import type { Part } from '@hengji/host';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export type Database = PrismaClient;
/** An open transaction. */
export type Tx = Prisma.TransactionClient;

const CONNECTIONS = 10;

export const openDatabase = (connectionString: string): Database =>
  new PrismaClient({ adapter: new PrismaPg({ connectionString, max: CONNECTIONS }) });

/** Connects before the parts that need it, and closes after them. */
export const databasePart = (db: Database): Part => ({
  name: 'database',
  start: async () => {
    await db.$queryRaw`SELECT 1`;
  },
  stop: () => db.$disconnect(),
});

/** For readiness. */
export const canReach = async (db: Database): Promise<boolean> =>
  db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
