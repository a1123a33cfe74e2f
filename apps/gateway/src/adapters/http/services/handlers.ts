// Which services answer now: what a person who waits for a long call is told.
import { isAway, PARKING_SERVICES, type Neighbours, type ParkingServiceName } from '../../clients/neighbours';
import type { RouteDeps } from '../route';

/** Who does not answer a question about one row within this time is said not to answer. */
const WITHIN_MS = 2_000;

const answers = async ({ parking }: Neighbours, service: ParkingServiceName): Promise<boolean> => {
  try {
    await parking[service].listParked({ page: { limit: 1 } }, { deadlineMs: WITHIN_MS });
    return true;
  } catch (failure) {
    if (isAway(failure)) return false;
    throw failure;
  }
};

export const listServices = async ({ neighbours }: RouteDeps) => ({
  items: await Promise.all(PARKING_SERVICES.map(async (service) => ({ service, answers: await answers(neighbours, service) }))),
});
