import { TOPICS } from '@hengji/contracts';
import { replaySamples } from '@hengji/testing';
import { startService } from './service';

// The oldest samples are from before orders were sealed.
process.env['TEST_ACCEPT_UNSEALED'] = 'true';

it('takes every event that was ever released, twice, and parks none', async () => {
  const { probe, url } = await startService();
  await replaySamples(probe, url, [TOPICS.enforcement]);
});
