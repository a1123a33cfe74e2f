// What everyone may read without signing in: the directory, the notices, whether a certificate is valid, and the public keys.
import { lineOf, type Answered } from '@hengji/host';
import { typedCertificateNumber } from '@hengji/province';
import type { Response } from 'express';
import { pageOf } from '../fields';
import { sendProblem } from '../problem';
import type { Out, RouteDeps } from '../route';
import type { DIRECTORY_FILTER, NAME_ASKED, NOTICE_FILTER, NUMBER_PARAM } from './shapes';

export const listDirectory = async ({ neighbours }: RouteDeps, { query }: { query: Out<typeof DIRECTORY_FILTER> }) => {
  const answer = await neighbours.approval.listInstitutions({ authority: '', search: query.search ?? '', page: pageOf(query) });
  return { items: answer.institutions, next: answer.next };
};

export const listNotices = async ({ neighbours }: RouteDeps, { query }: { query: Out<typeof NOTICE_FILTER> }) => {
  const answer = await neighbours.approval.listNotices({ institution: query.institution ?? '', page: pageOf(query) });
  return { items: answer.notices, next: answer.next };
};

/**
 * Returns verify's own answer with its status: the 404 of an unknown certificate comes from verify. Requests that count numbers up are
 * stopped here.
 */
export const lookUpCertificate = async (
  { askVerify, countingUp }: RouteDeps,
  { params, query }: { params: Out<typeof NUMBER_PARAM>; query: Out<typeof NAME_ASKED> },
  response: Response,
) => {
  const address = lineOf(response.req);
  const { waitSeconds, leave } = countingUp.enter(address);
  if (waitSeconds > 0) {
    response.setHeader('retry-after', String(waitSeconds));
    return sendProblem(response, { status: 429, code: 'verify.counting_up', title: '连续查询编号过多,请稍后再试' });
  }
  let answered: Answered | undefined;
  const ask = async () => {
    try {
      const answer = await askVerify(params.number, query.name);
      // As in verify: an answer without a result does not count as a step.
      const isWrongName = answer.body.includes('"nameMatches":false');
      const asked = typedCertificateNumber(params.number);
      const number = isWrongName ? `${asked} ${query.name}` : asked;
      if (answer.status < 500) answered = { number, isKnown: answer.status === 200 && !isWrongName };
      return answer;
    } finally {
      leave(answered);
    }
  };
  const answer = await ask();
  response.status(answer.status).set('cache-control', 'no-store').type(answer.contentType).send(answer.body);
};

/** The trust list unchanged: a verifier compares it with the keys that the province printed. */
export const publishKeys = async ({ readTrustedKeys }: RouteDeps, _: unknown, response: Response) => {
  response
    .set('cache-control', 'public, max-age=60')
    .type('application/json')
    .send(await readTrustedKeys());
};
