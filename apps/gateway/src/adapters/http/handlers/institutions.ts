// Institutions and what the services hold about them: each list is one question to the service that owns it.
import { Refusal } from '@hengji/domain-kit';
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import type { CertificateState } from '@hengji/contracts/certificate/v1/certificate';
import type { Person } from '../../../domain/access';
import type { Neighbours } from '../../clients/neighbours';
import type { Reached, RouteDeps } from '../route';
import { pageOf } from '../shapes';

interface Paging {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

type OfInstitution<Q extends Paging = Paging> = { params: { code: string }; query: Q };

/** The institution; refuses `institution.unknown`. */
export const institutionByCode = async ({ approval }: Neighbours, code: string): Promise<Institution> => {
  const { institution } = await approval.getInstitution({ code });
  if (!institution) throw new Refusal('notFound', 'institution.unknown', '没有这个机构', { field: 'code' });
  return institution;
};

/** Everyone sees what they reach: officers their authority's, institution users their own. */
export const listInstitutions = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Paging & { search?: string | undefined } },
) => {
  if (person.role === 'INSTITUTION') return { items: [await institutionByCode(neighbours, person.institution)], next: '' };
  const answer = await neighbours.approval.listInstitutions({
    authority: person.authority,
    search: query.search ?? '',
    page: pageOf(query),
  });
  return { items: answer.institutions, next: answer.next };
};

export const getInstitution = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.institution;

export const listPlans = async ({ neighbours }: RouteDeps, { params, query }: OfInstitution) => {
  const answer = await neighbours.exam.listPlans({ institution: params.code, page: pageOf(query) });
  return { items: answer.plans, next: answer.next };
};

export const listResults = async (
  { neighbours }: RouteDeps,
  { params, query }: OfInstitution<Paging & { sessionId?: string | undefined }>,
) => {
  const answer = await neighbours.exam.listResults({ institution: params.code, sessionId: query.sessionId ?? '', page: pageOf(query) });
  return { items: answer.results, next: answer.next };
};

export const listCertificates = async (
  { neighbours }: RouteDeps,
  { params, query }: OfInstitution<Paging & { state?: CertificateState | undefined }>,
) => {
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

export const listRecoveries = async (
  { neighbours }: RouteDeps,
  { params, query }: OfInstitution<Paging & { orderId?: string | undefined }>,
) => {
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
