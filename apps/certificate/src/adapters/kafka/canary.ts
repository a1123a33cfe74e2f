// Voids the canary certificates anew every few seconds. Through the outbox, like every fact: what keeps facts from going out keeps the
// canary silent. Its rows are nobody's history and do not stay.
import { CANARY_EVERY_MS, CANARY_INSTITUTIONS, CANARY_TOPIC, canaryNumber } from '@hengji/contracts';
import type { Log, Part } from '@hengji/host';
import { execute, publish } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../store/database';

const forgetSql = (name: string): Sql =>
  sql`DELETE FROM messaging.outbox WHERE topic = ${name} AND published_at < now() - interval '1 minute'`;

export const canary = ({ db, log, now }: { db: Database; log: Log; now: () => Date }): Part => {
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const sing = async (): Promise<void> => {
    const at = now();
    await db.$transaction(async (tx) => {
      for (const institution of CANARY_INSTITUTIONS.toSorted()) {
        const value = { orderId: 'canary', documentNo: '', voidedAt: at, numbers: [canaryNumber(institution)] };
        await publish(tx, CANARY_TOPIC, { institution, body: { $case: 'certificatesVoided', value }, occurredAt: at });
      }
      await execute(tx, forgetSql(CANARY_TOPIC.name));
    });
  };
  const singOrSay = (): void => {
    work = sing().catch((err: unknown) => log.warn({ err }, 'the canary could not be voided anew'));
  };
  return {
    name: 'canary',
    start: async () => {
      singOrSay();
      timer = setInterval(singOrSay, CANARY_EVERY_MS);
    },
    stop: async () => {
      clearInterval(timer);
      await work;
    },
  };
};
