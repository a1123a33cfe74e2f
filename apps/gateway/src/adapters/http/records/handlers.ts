// How much the services hold about an institution.
import type { RouteDeps } from '../route';

export const countRecords = async ({ neighbours }: RouteDeps, { params }: { params: { code: string } }) => {
  const of = { institution: params.code };
  const [exam, certificate, subsidy, exchange] = await Promise.all([
    neighbours.exam.countRecords(of),
    neighbours.certificate.countCertificates(of),
    neighbours.subsidy.countPayments(of),
    neighbours.exchange.countUploads(of),
  ]);
  return { exam, certificate, subsidy, exchange };
};
