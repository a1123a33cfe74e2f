// The service's own database.
import { PrismaPg } from '@prisma/adapter-pg';
import type { Part } from '@hengji/host';
import { PrismaClient, type Prisma } from '../../generated/client';

export type Database = PrismaClient;
export type Tx = Prisma.TransactionClient;

export const openDatabase = (connectionString: string): Database =>
  new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 16 }) });

export const databasePart = (db: Database): Part => ({
  name: 'database',
  start: async () => {
    await db.$queryRawUnsafe('SELECT 1');
  },
  stop: () => db.$disconnect(),
});
