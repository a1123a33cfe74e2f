// Whether the suite about the stack also tries PostgreSQL and Kafka as containers. Where that is not possible it is said in one line
// with the reason; REQUIRE_CONTAINERS=1 makes it a failure, and the reason is in it.
import { dockerObstacle } from '../stack/docker.mts';

const OBSTACLE = 'TEST_CONTAINERS_OBSTACLE';

/** Leaves the reason, or nothing, where suites look for it. Returns false where it was known already. */
export const tellContainers = async () => {
  if (process.env[OBSTACLE] !== undefined) return false;
  process.env[OBSTACLE] = (await dockerObstacle()) ?? '';
  return true;
};

/** The line that says so, once told; undefined where containers are tried. */
export const containersNotTried = () => {
  const obstacle = process.env[OBSTACLE] ?? '';
  if (obstacle === '' || process.env['REQUIRE_CONTAINERS'] === '1') return undefined;
  return `not tried: PostgreSQL and Kafka as containers, ${obstacle} (REQUIRE_CONTAINERS=1 makes that a failure)`;
};
