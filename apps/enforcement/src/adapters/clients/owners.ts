// Whom enforcement asks for events that it missed.
import type { Config } from '../../config';

/** Everyone writes into the reply box. */
export const ownersOf = (config: Config) => ({
  approval: config.APPROVAL_ADDR,
  exam: config.EXAM_ADDR,
  certificate: config.CERTIFICATE_ADDR,
  subsidy: config.SUBSIDY_ADDR,
  exchange: config.EXCHANGE_ADDR,
});
