// The service's own database, through Prisma and through SQL on the same connections.
import { databaseSession } from '@hengji/host';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export { databasePart } from '@hengji/messaging';

export type Database = PrismaClient;
/** An open transaction; a Database serves as one for reads that need none. */
export type Tx = Prisma.TransactionClient;

const CONNECTIONS = 10;

/** A pool on the URL; connects with the first query. */
export const openDatabase = (url: string): Database =>
  new PrismaClient({ adapter: new PrismaPg({ ...databaseSession(url, { name: 'exam', limits: 'service' }), max: CONNECTIONS }) });
