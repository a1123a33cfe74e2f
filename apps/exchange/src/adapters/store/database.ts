// The service's own database.
import { PrismaPg } from '@prisma/adapter-pg';
import { databaseSession } from '@hengji/host';
import { PrismaClient, type Prisma } from '../../generated/client';

export { databasePart } from '@hengji/messaging';

export type Database = PrismaClient;
export type Tx = Prisma.TransactionClient;

export const openDatabase = (url: string): Database =>
  new PrismaClient({ adapter: new PrismaPg({ ...databaseSession(url, { name: 'exchange', limits: 'service' }), max: 16 }) });
