// A service under each trouble of its database: it refuses what it cannot write, says that it is not ready, and goes on by
// itself when the trouble is over. Each service's spec hands over how it is started and one RPC of it that writes.
import { Refusal } from '@hengji/domain-kit';
import { query } from '../database';
import { until } from '../until';
import { TROUBLES } from './troubles';

export interface TroubledService {
  readonly url: string;
  /** Port of its health server. */
  healthPort(): number;
  /** An RPC that writes; `n` is another at each call. */
  write(n: number): Promise<unknown>;
  /** Tells it something by Kafka that makes it write; `n` is another at each call. */
  hear(n: number): Promise<unknown>;
}

/** So long a defect takes to be parked: five tries with their pauses. */
const LONGER_THAN_FIVE_TRIES_MS = 3_500;

const statusOf = async (port: number): Promise<number> => (await fetch(`http://127.0.0.1:${port}/readyz`)).status;

const rowsOf = async (url: string, table: 'inbox' | 'parked'): Promise<number> =>
  (await query(url, `SELECT 1 FROM messaging.${table}`)).length;

const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'it was written',
    (failure: unknown) => (failure instanceof Refusal ? { kind: failure.kind, reason: failure.reason } : failure),
  );

/** Defines the specs. */
export const survivesTrouble = (start: () => Promise<TroubledService>): void => {
  let service: TroubledService;
  let n = 0;
  beforeAll(async () => {
    service = await start();
  });

  it.each(TROUBLES)('refuses what it cannot write, and goes on: $name', async ({ refusal, begin }) => {
    const end = await begin(service.url);
    try {
      // A session between two ends may still write; the next does not.
      const expected = { kind: 'unavailable', reason: refusal };
      await until(
        () => refusalOf(service.write((n += 1))),
        (seen) => JSON.stringify(seen) === JSON.stringify(expected),
      );
    } finally {
      await end();
    }
    await until(
      () => service.write((n += 1)),
      () => true,
      { withinMs: 5_000 },
    );
  });

  it.each(TROUBLES.filter(({ name }) => name.startsWith('disk full')))(
    'is unready, and parks nothing of what it hears meanwhile: $name',
    async ({ begin }) => {
      const before = await rowsOf(service.url, 'inbox');
      const end = await begin(service.url);
      try {
        await service.hear((n += 1));
        const from = Date.now();
        await until(
          () => statusOf(service.healthPort()),
          (status) => status === 503,
        );
        await until(
          () => Date.now() - from,
          (ms) => ms > LONGER_THAN_FIVE_TRIES_MS,
        );
      } finally {
        await end();
      }
      await until(
        () => rowsOf(service.url, 'inbox'),
        (rows) => rows > before,
        { withinMs: 15_000 },
      );
      await until(
        () => statusOf(service.healthPort()),
        (status) => status === 200,
        { withinMs: 5_000 },
      );
      expect(await rowsOf(service.url, 'parked')).toBe(0);
    },
  );
};
