// Publishes the voiding of the canary certificates every few seconds. The events use the outbox like every fact, so a failure that stops
// facts also stops the canary. The canary's rows are deleted afterwards.
import { CANARY_EVERY_MS, CANARY_INSTITUTIONS, CANARY_TOPIC, canaryNumber } from '@hengji/contracts';
import { every, type Log, type Part } from '@hengji/host';
import { execute, publish } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { Database } from '../store/database';

const FORGET = sql`DELETE FROM messaging.outbox WHERE topic = ${CANARY_TOPIC.name} AND published_at < now() - interval '1 minute'`;

export const canary = ({ db, log, now }: { db: Database; log: Log; now: () => Date }): Part => {
  const sing = async (): Promise<void> => {
    const at = now();
    await db.$transaction(async (tx) => {
      for (const institution of CANARY_INSTITUTIONS.toSorted()) {
        const value = { orderId: 'canary', documentNo: '', voidedAt: at, numbers: [canaryNumber(institution)] };
        await publish(tx, CANARY_TOPIC, { institution, body: { $case: 'certificatesVoided', value }, occurredAt: at });
      }
      await execute(tx, FORGET);
    });
  };
  const loop = every(CANARY_EVERY_MS, { work: sing, failed: (err) => log.warn({ err }, 'the canary could not be voided anew') });
  return { name: 'canary', start: async () => loop.start(), stop: loop.stop };
};
