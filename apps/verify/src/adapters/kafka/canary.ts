// The canary certificates as consumed here: when each was last voided. Kept apart from the table of certificates, which would keep every
// voiding.
import { CANARY_INSTITUTIONS, CANARY_TOPIC, canaryNumber } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { metrics, type Log, type Part } from '@hengji/host';
import { tail, type Kafka, type SealReader } from '@hengji/messaging';
import type { Voiding } from '../../domain/certificate-table';

export interface Canary {
  readonly parts: Part[];
  /** Undefined for every other number, and before the first canary event. */
  find(number: string): Voiding | undefined;
}

const MEASURE_EVERY_MS = 1_000;

const age = metrics.gauge('hengji_verify_canary_age_seconds', 'Seconds since the canary of a partition was voided; -1 = never heard', [
  'shard',
]);

export const canary = ({ kafka, seals, log, now }: { kafka: Kafka; seals: SealReader; log: Log; now: () => Date }): Canary => {
  const heard = new Map<string, Voiding>();
  const onEvent = ({ body }: CertificateEvent): void => {
    if (body?.$case !== 'certificatesVoided') return;
    const { orderId, documentNo, voidedAt, numbers } = body.value;
    for (const number of numbers) heard.set(number, { orderId, documentNo, since: voidedAt ?? new Date(0) });
  };
  const numbers = new Map(CANARY_INSTITUTIONS.map((institution) => [canaryNumber(institution), institution]));
  const measure = (): void => {
    for (const [number, shard] of numbers) {
      const since = heard.get(number)?.since;
      age.set({ shard }, since ? (now().getTime() - since.getTime()) / 1_000 : -1);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    parts: [
      tail({ kafka, seals, log, topic: CANARY_TOPIC, onEvent }),
      {
        name: 'canary',
        start: async () => {
          measure();
          timer = setInterval(measure, MEASURE_EVERY_MS);
        },
        stop: async () => clearInterval(timer),
      },
    ],
    find: (number) => (numbers.has(number) ? heard.get(number) : undefined),
  };
};
