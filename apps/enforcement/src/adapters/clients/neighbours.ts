// The services that enforcement calls, as the ports of the use cases. Each client connects with its first call.
import type { Config } from '../../config';
import { certificateNumbersClient } from './certificate-numbers';
import { filingsClient } from './filings';
import { holdersClient } from './holders';
import { participantClients } from './participants';

export const neighbourClients = (config: Config) => ({
  filings: filingsClient(config.APPROVAL_ADDR, config.CALLER_SECRET),
  certificateNumbers: certificateNumbersClient(config.CERTIFICATE_ADDR, config.CALLER_SECRET),
  holders: holdersClient(config.CERTIFICATE_ADDR, config.CALLER_SECRET),
  participants: participantClients(config),
});
