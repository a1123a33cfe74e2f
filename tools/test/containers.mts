// Whether the suite about the stack also tries PostgreSQL and Kafka as containers. If that is not possible, one line
// reports the reason. With REQUIRE_CONTAINERS=1 it is a failure whose message contains the reason.
import { dockerObstacle } from '../stack/docker.mts';

const OBSTACLE = 'TEST_CONTAINERS_OBSTACLE';

/** Sets the reason, or nothing, in the variable that suites read. Returns false if it was already set. */
export const tellContainers = async () => {
  if (process.env[OBSTACLE] !== undefined) return false;
  process.env[OBSTACLE] = (await dockerObstacle()) ?? '';
  return true;
};

/** The line that reports the reason; undefined if containers are tried. */
export const containersNotTried = () => {
  const obstacle = process.env[OBSTACLE] ?? '';
  if (obstacle === '' || process.env['REQUIRE_CONTAINERS'] === '1') return undefined;
  return `not tried: PostgreSQL and Kafka as containers, ${obstacle} (REQUIRE_CONTAINERS=1 makes that a failure)`;
};
