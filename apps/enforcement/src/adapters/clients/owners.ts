// The services from which enforcement requests events that it missed.
import type { Config } from '../../config';

/** All services are producers of `enforcement.reports.v1`. */
export const ownersOf = (config: Config) => ({
  approval: config.APPROVAL_ADDR,
  exam: config.EXAM_ADDR,
  certificate: config.CERTIFICATE_ADDR,
  subsidy: config.SUBSIDY_ADDR,
  exchange: config.EXCHANGE_ADDR,
});
