// What the services hold about an institution: each list is one question to the service that owns it.
import { pageOf } from '../fields';
import type { Out, Paging, RouteDeps } from '../route';
import type { CERTIFICATE_FILTER, RECOVERY_FILTER, RESULT_FILTER } from './shapes';

type OfInstitution<Q extends Paging = Paging> = { params: { code: string }; query: Q };

export const listPlans = async ({ neighbours }: RouteDeps, { params, query }: OfInstitution) => {
  const answer = await neighbours.exam.listPlans({ institution: params.code, page: pageOf(query) });
  return { items: answer.plans, next: answer.next };
};

export const listResults = async ({ neighbours }: RouteDeps, { params, query }: OfInstitution<Out<typeof RESULT_FILTER>>) => {
  const answer = await neighbours.exam.listResults({ institution: params.code, sessionId: query.sessionId ?? '', page: pageOf(query) });
  return { items: answer.results, next: answer.next };
};

export const listCertificates = async ({ neighbours }: RouteDeps, { params, query }: OfInstitution<Out<typeof CERTIFICATE_FILTER>>) => {
  const answer = await neighbours.certificate.listCertificates({
    institution: params.code,
    state: query.state ?? 'UNSPECIFIED',
    page: pageOf(query),
  });
  return { items: answer.certificates, next: answer.next };
};

export const listPayments = async ({ neighbours }: RouteDeps, { params, query }: OfInstitution) => {
  const answer = await neighbours.subsidy.listPayments({ institution: params.code, page: pageOf(query) });
  return { items: answer.payments, next: answer.next };
};

export const listRecoveries = async ({ neighbours }: RouteDeps, { params, query }: OfInstitution<Out<typeof RECOVERY_FILTER>>) => {
  const answer = await neighbours.subsidy.listRecoveries({ institution: params.code, orderId: query.orderId ?? '', page: pageOf(query) });
  return { items: answer.recoveries, next: answer.next };
};

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
