import { TOPICS } from '@hengji/contracts';
import { forgeSamples, replaySamples } from '@hengji/testing';
import { startCertificate } from './certificate-under-test';

// The oldest samples are from before orders were sealed.
process.env['TEST_ACCEPT_UNSEALED'] = 'true';

it('sets aside every unsealed event, handles every released event twice, and parks none', async () => {
  const { probe, database } = await startCertificate();
  const heard = [TOPICS.approval, TOPICS.enforcement, TOPICS.exchange];
  await forgeSamples(probe, database, heard);
  await replaySamples(probe, database, heard);
});
