import { TOPICS } from '@hengji/contracts';
import { forgeSamples, replaySamples } from '@hengji/testing';
import { startService } from './service';

// The oldest samples are from before orders were sealed.
process.env['TEST_ACCEPT_UNSEALED'] = 'true';

it('sets aside every unsealed event, handles every released event twice, and parks none', async () => {
  const { probe, url } = await startService();
  const heard = [TOPICS.enforcement];
  await forgeSamples(probe, url, heard);
  await replaySamples(probe, url, heard);
});
