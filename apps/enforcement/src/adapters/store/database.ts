// The connection to enforcement's own database.
import { databaseSession } from '@hengji/host';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export { databasePart } from '@hengji/messaging';

export type Database = PrismaClient;
/** An open transaction. */
export type Tx = Prisma.TransactionClient;

const CONNECTIONS = 10;

export const openDatabase = (url: string): Database =>
  new PrismaClient({ adapter: new PrismaPg({ ...databaseSession(url, { name: 'enforcement', limits: 'service' }), max: CONNECTIONS }) });

/** For readiness. */
export const canReach = async (db: Database): Promise<boolean> =>
  db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
