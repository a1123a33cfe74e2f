// Numbers of records that the services store about an institution, and one recovery.
import { isAway } from '../../clients/neighbours';
import { numbersOf } from '../lists/sources';
import type { Reached, RouteDeps } from '../route';
import { unknownRecovery } from '../known';
import type { Person } from '../../../domain/access';

/** The count of the service; undefined when the service is unavailable, so that the counts of the other services are still shown. */
const counted = async <T>(counting: Promise<T>): Promise<T | undefined> => {
  try {
    return await counting;
  } catch (failure) {
    if (isAway(failure)) return undefined;
    throw failure;
  }
};

export const countRecords = async ({ neighbours }: RouteDeps, { params }: { params: { code: string } }) => {
  const of = { institution: params.code };
  const [exam, certificate, subsidy, exchange] = await Promise.all([
    counted(neighbours.exam.countRecords(of)),
    counted(neighbours.certificate.countCertificates(of)),
    counted(neighbours.subsidy.countPayments(of)),
    counted(neighbours.exchange.countUploads(of)),
  ]);
  const counts = { exam, certificate, subsidy, exchange };
  const missing = Object.entries(counts).flatMap(([service, found]) => (found === undefined ? [service] : []));
  return { ...counts, missing };
};

/** The recovery with the document numbers of the orders that demand it. */
export const getRecovery = async ({ neighbours }: RouteDeps, { person, reached }: { person: Person; reached: Reached }) => {
  if (reached.recovery === undefined) throw unknownRecovery();
  const { recovery, payment, demands, openedBy, institution } = reached.recovery;
  const orders = await numbersOf(neighbours, { person }, [openedBy, ...demands.map(({ orderId }) => orderId)]);
  return { recovery, payment, demands, openedBy, institution, orders };
};
