// Numbers of records that the services store about an institution.
import { isAway } from '../../clients/neighbours';
import type { RouteDeps } from '../route';

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
