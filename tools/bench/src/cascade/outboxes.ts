// Counts the published events at the place they are published from: the outboxes.
import { setTimeout as pause } from 'node:timers/promises';
import { PUBLISHERS } from '@hengji/contracts';
import { withSession } from '../ground/floor-tables';
import type { Platform } from '../ground/neighbours';

const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 60_000;

const countOne = (databaseUrl: string): Promise<{ waiting: number; published: number }> =>
  withSession(databaseUrl, async (session) => {
    const { rows } = await session.query<{ waiting: number; published: number }>(
      `SELECT count(*) FILTER (WHERE published_at IS NULL)::int AS waiting, count(published_at)::int AS published FROM messaging.outbox`,
    );
    return rows[0] ?? { waiting: 0, published: 0 };
  });

/** Waits until no event is waiting, then returns the total number of published events. */
export const countPublished = async (platform: Platform): Promise<number> => {
  for (const limit = Date.now() + PATIENCE_MS; ; await pause(LOOK_EVERY_MS)) {
    const counts = await Promise.all(PUBLISHERS.map((service) => countOne(platform.databaseUrl(service))));
    const waiting = counts.reduce((sum, count) => sum + count.waiting, 0);
    if (waiting === 0) return counts.reduce((sum, count) => sum + count.published, 0);
    if (Date.now() > limit) throw new Error(`${waiting} events still wait in the outboxes after ${PATIENCE_MS / 1000} s`);
  }
};
