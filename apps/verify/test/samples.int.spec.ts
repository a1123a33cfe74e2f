// verify parks nothing: what it cannot hear it counts. So the count must stay where it is, and the answer must come.
import { metrics, readConfig } from '@hengji/host';
import { kafkaProbe, sendSamples, startParts, testEnvironment, topicPrefix, until } from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

const unheard = async (): Promise<number> => {
  const counted = await metrics.registry.getSingleMetric('hengji_tail_unheard_total')?.get();
  return (counted?.values ?? []).reduce((sum, { value }) => sum + value, 0);
};

it('hears every event that was ever released, twice, and answers from them', async () => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  await sendSamples(probe);
  const parts = compose(readConfig(CONFIG, { ...testEnvironment(prefix, 'verify'), RATE_LIMIT_PER_MINUTE: '0' }));
  await startParts(parts);
  const url = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part)?.url() ?? '';
  const answer = await until(
    async () => (await (await fetch(`${url}/v1/certificates/S000021010003263000001`)).json()) as Record<string, unknown>,
    ({ status }) => status === 'valid',
  );
  expect(answer).toMatchObject({ institution: 'S000021010003', level: '3', occupation: '6-31-01-03', maskedName: '张*' });
  expect(await unheard()).toBe(0);
});
