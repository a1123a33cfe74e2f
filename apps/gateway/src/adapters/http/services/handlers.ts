// Which services answer now; shown to a person who waits for a long call.
import { isAway, PARKING_SERVICES, type Neighbours, type ParkingServiceName } from '../../clients/neighbours';
import type { RouteDeps } from '../route';

/** A service that does not answer a question about one row within this time counts as not answering. */
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
