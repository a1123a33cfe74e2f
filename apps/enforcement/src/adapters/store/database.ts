// The database of enforcement, through Prisma and through SQL on the same connections.
import { databaseOf } from '@hengji/messaging';
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient, type Prisma } from '../../generated/client';

export type Database = PrismaClient;
/** An open transaction; a Database can be used for reads without one. */
export type Tx = Prisma.TransactionClient;

/** Opens the database at the address; connects with the first query. */
export const openDatabase = databaseOf({ service: 'enforcement' }, (pool) => new PrismaClient({ adapter: new PrismaPg(pool) }));
