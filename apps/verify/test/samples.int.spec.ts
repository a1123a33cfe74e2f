// verify parks nothing: it counts events that it cannot consume. So the count must not change, and the answer must come.
import { TOPICS, type Envelope, type Topic } from '@hengji/contracts';
import { metrics, readConfig } from '@hengji/host';
import { fakeOwner, kafkaProbe, sendSamples, serveOwner, startParts, testEnvironment, topicPrefix, until } from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

const unheard = async (): Promise<number> => {
  const counted = await metrics.registry.getSingleMetric('hengji_tail_unheard_total')?.get();
  return (counted?.values ?? []).reduce((sum, { value }) => sum + value, 0);
};

it('consumes every event that was ever released, twice, and answers from them', async () => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const owner = fakeOwner(probe);
  for (const { topic, key: institution, last: sequence } of await sendSamples(probe)) {
    const said = Object.values(TOPICS).find(({ name }) => name === topic) as Topic<Envelope>;
    owner.remember(said, { meta: { eventId: '', occurredAt: undefined, institution, sequence, orderId: '' } });
  }
  const address = await serveOwner(owner);
  const addresses = { CERTIFICATE_ADDR: address, ENFORCEMENT_ADDR: address, APPROVAL_ADDR: address };
  const parts = compose(readConfig(CONFIG, { ...testEnvironment(prefix, 'verify'), ...addresses, RATE_LIMIT_PER_MINUTE: '0' }));
  await startParts(parts);
  const url = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part)?.url() ?? '';
  const answer = await until(
    async () => (await (await fetch(`${url}/v1/certificates/S000021010003263000001`)).json()) as Record<string, unknown>,
    ({ status }) => status === 'valid',
    { withinMs: 30_000 },
  );
  expect(answer).toMatchObject({ institution: 'S000021010003', level: '3', occupation: '6-31-01-03' });
  expect(await unheard()).toBe(0);
});
