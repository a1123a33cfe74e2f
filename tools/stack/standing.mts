// The stack that `npm run stack` keeps running for a developer: tests find it here and do not start their own.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isClaimed } from './claim.mts';
import type { Stack } from './stack.mts';

/** The folder of all stacks of this clone; not in git. */
export const STACK_FOLDER = fileURLToPath(new URL('../../.stack', import.meta.url));
/**
 * The time zone of a test server: that of the servers in China. Code that reads a time without its offset is eight hours
 * off there.
 */
export const TEST_SERVER_TIME_ZONE = 'Asia/Shanghai';
export const SHARED_FOLDER = join(STACK_FOLDER, 'shared');

const file = join(SHARED_FOLDER, 'addresses.json');

export type Standing = Pick<Stack, 'postgresUrl' | 'kafkaBrokers' | 'shortestSessionMs'>;

export const offerSharedStack = ({ postgresUrl, kafkaBrokers, shortestSessionMs }: Standing) =>
  writeFileSync(file, JSON.stringify({ postgresUrl, kafkaBrokers, shortestSessionMs }));

/** @returns of a shared stack that is running now */
export const findSharedStack = (): Standing | undefined =>
  existsSync(file) && isClaimed(SHARED_FOLDER) ? (JSON.parse(readFileSync(file, 'utf8')) as Standing) : undefined;
