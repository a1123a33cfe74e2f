// What everyone may see without signing in: the directory, the notices, whether a certificate holds, and the public keys.
import type { Response } from 'express';
import type { RouteDeps } from '../route';
import { pageOf } from '../shapes';

interface Paging {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

export const listDirectory = async ({ neighbours }: RouteDeps, { query }: { query: Paging & { search?: string | undefined } }) => {
  const answer = await neighbours.approval.listInstitutions({ authority: '', search: query.search ?? '', page: pageOf(query) });
  return { items: answer.institutions, next: answer.next };
};

export const listNotices = async ({ neighbours }: RouteDeps, { query }: { query: Paging & { institution?: string | undefined } }) => {
  const answer = await neighbours.approval.listNotices({ institution: query.institution ?? '', page: pageOf(query) });
  return { items: answer.notices, next: answer.next };
};

/** verify's own answer, status and all: a certificate that does not exist is its 404, not ours. */
export const lookUpCertificate = async ({ askVerify }: RouteDeps, { params }: { params: { number: string } }, response: Response) => {
  const answer = await askVerify(params.number);
  response.status(answer.status).set('cache-control', 'no-store').type(answer.contentType).send(answer.body);
};

/** The trust list as it is: whoever verifies compares it with what the province printed. */
export const publishKeys = async ({ readTrustedKeys }: RouteDeps, _: unknown, response: Response) => {
  response
    .set('cache-control', 'public, max-age=60')
    .type('application/json')
    .send(await readTrustedKeys());
};
