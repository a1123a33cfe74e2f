// The canary: void, with the time of its last voiding, one in each partition; requested by external monitoring.
import { randomUUID } from 'node:crypto';
import { CANARY_INSTITUTIONS, CANARY_TOPIC, canaryNumber } from '@hengji/contracts';
import { createLog, metrics, readConfig } from '@hengji/host';
import { connectKafka } from '@hengji/messaging';
import { fakeOwner, kafkaProbe, serveOwner, startParts, testBrokers, testEnvironment, topicPrefix, until } from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

it('is void, returns when it was last voided, and its age is a metric for each partition', async () => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const address = await serveOwner(fakeOwner(probe));
  const addresses = { CERTIFICATE_ADDR: address, ENFORCEMENT_ADDR: address, APPROVAL_ADDR: address };
  const parts = compose(
    readConfig(CONFIG, { ...testEnvironment(prefix, 'verify'), ...addresses, RATE_LIMIT_PER_MINUTE: '0', COUNTED_UP_LIMIT: '0' }),
  );
  await startParts(parts);
  const url = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part)?.url() ?? '';
  const get = async (institution: string) =>
    (await (await fetch(`${url}/v1/certificates/${canaryNumber(institution)}`)).json()) as Record<string, unknown>;

  for (const at of [new Date(Date.now() - 20_000), new Date()]) {
    for (const institution of CANARY_INSTITUTIONS) {
      const value = { orderId: 'canary', documentNo: '', voidedAt: at, numbers: [canaryNumber(institution)] };
      const meta = { eventId: randomUUID(), occurredAt: at, institution, sequence: 1n, orderId: '' };
      await probe.publish(CANARY_TOPIC, { meta, body: { $case: 'certificatesVoided', value } });
    }
    for (const institution of CANARY_INSTITUTIONS) {
      await until(
        () => get(institution),
        ({ status, voidSince }) => status === 'void' && voidSince === at.toISOString(),
        { withinMs: 20_000 },
      );
    }
  }
  await until(
    async () => (await metrics.registry.getSingleMetric('hengji_verify_canary_age_seconds')?.get())?.values ?? [],
    (values) => values.length === CANARY_INSTITUTIONS.length && values.every(({ value }) => value >= 0 && value < 15),
  );
  const kafka = connectKafka({ brokers: testBrokers(), clientId: 'canary', topicPrefix: prefix, log: createLog('canary', 'silent') });
  expect([...(await kafka.endOffsets(CANARY_TOPIC.name)).values()]).toEqual(CANARY_INSTITUTIONS.map(() => 2n));
});
