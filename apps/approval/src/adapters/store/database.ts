// The service's own database, through Prisma and through SQL on the same connections.
import { databaseOf } from '@hengji/messaging';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export type Database = PrismaClient;
/** An open transaction; a Database serves as one for reads that need none. */
export type Tx = Prisma.TransactionClient;

/** Opens the database at the address; connects at the first query. */
export const openDatabase = databaseOf({ service: 'approval' }, (pool) => new PrismaClient({ adapter: new PrismaPg(pool) }));
