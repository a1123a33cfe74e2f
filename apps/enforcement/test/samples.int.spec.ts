import { TOPICS } from '@hengji/contracts';
import { forgeSamples, replaySamples } from '@hengji/testing';
import { startWorld } from './enforcement';

it('quarantines every unsealed event, accepts every event that was ever released, twice, and parks none', async () => {
  const { probe, url } = await startWorld();
  const heard = [TOPICS.approval, TOPICS.reports, TOPICS.exchange];
  await forgeSamples(probe, url, heard);
  await replaySamples(probe, url, heard);
});
