// Files on their way in or out. Each is held whole while it is handed on, so their number has a limit, of one person and in all:
// sixty at once took the process above 1 GB. Decided before a byte of a file is read; who is refused is told when to come again.
import type { RequestHandler } from 'express';
import { sendProblem } from '../problem';

export interface FileLimits {
  readonly ofOnePerson: number;
  readonly inAll: number;
}

const LIMITS: FileLimits = { ofOnePerson: 3, inAll: 6 };
const RETRY_AFTER_SECONDS = 5;

/** The gate; behind whatever has set `officerId` in `response.locals`. Refuses 429 `files.too_many`, 503 `files.busy`. */
export const fileGate = ({ ofOnePerson, inAll }: FileLimits = LIMITS): RequestHandler => {
  const byPerson = new Map<string, number>();
  let all = 0;
  const count = (person: string, change: 1 | -1): void => {
    all += change;
    const own = (byPerson.get(person) ?? 0) + change;
    if (own === 0) byPerson.delete(person);
    else byPerson.set(person, own);
  };
  return (_request, response, next) => {
    const person = String(response.locals['officerId']);
    const own = byPerson.get(person) ?? 0;
    if (own < ofOnePerson && all < inAll) {
      count(person, 1);
      response.once('close', () => count(person, -1));
      next();
      return;
    }
    response.setHeader('retry-after', String(RETRY_AFTER_SECONDS));
    if (own >= ofOnePerson)
      sendProblem(response, { status: 429, code: 'files.too_many', title: `每人同时最多传输${ofOnePerson}个文件,请稍后重试` });
    else sendProblem(response, { status: 503, code: 'files.busy', title: '正在传输的文件过多,请稍后重试' });
  };
};
