// Tests that the replay of released samples can fail: it reports a consumer that cannot handle a sample.
import { TOPICS } from '@hengji/contracts';
import { kafkaProbe, replaySamples, startParts } from '@hengji/testing';
import { consumerOf } from './hearing';
import { listening, stage } from './stage';

const replayed = async (subscription: ReturnType<typeof listening>, heard: readonly { name: string }[]): Promise<void> => {
  const at = await stage();
  const probe = kafkaProbe(at.prefix);
  await probe.createTopics();
  await startParts([consumerOf(at, subscription)]);
  await replaySamples(probe, at.databaseUrl, heard);
};

describe('replaySamples', () => {
  it('accepts a consumer that handles every sample', () => replayed(listening(), [TOPICS.enforcement]));

  it('names the sample that is parked', () =>
    expect(
      replayed(
        listening(() => Promise.reject(new Error('cannot'))),
        [TOPICS.enforcement],
      ),
    ).rejects.toThrow(/rowReleased/));
});
