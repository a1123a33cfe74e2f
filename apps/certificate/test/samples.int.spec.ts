import { TOPICS } from '@hengji/contracts';
import { replaySamples } from '@hengji/testing';
import { startCertificate } from './certificate-under-test';

// The oldest samples are from before orders were sealed.
process.env['TEST_ACCEPT_UNSEALED'] = 'true';

it('takes every event that was ever released, twice, and parks none', async () => {
  const { probe, database } = await startCertificate();
  await replaySamples(probe, database, [TOPICS.enforcement, TOPICS.exchange]);
});
