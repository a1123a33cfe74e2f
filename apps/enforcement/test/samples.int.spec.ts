import { TOPICS } from '@hengji/contracts';
import { replaySamples } from '@hengji/testing';
import { startWorld } from './enforcement';

it('takes every event that was ever released, twice, and parks none', async () => {
  const { probe, url } = await startWorld();
  await replaySamples(probe, url, [TOPICS.reports, TOPICS.exchange]);
});
