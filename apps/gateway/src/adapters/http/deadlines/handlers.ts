// Limits: one call to enforcement with the person as actor.
import { DeadlineState } from '@hengji/contracts/enforcement/v1/case';
import { maySeeDeadline, reaches, type Person } from '../../../domain/access';
import { pageOf, type PAGE } from '../fields';
import type { Out, RouteDeps } from '../route';
import type { DEADLINE_FILTER } from './shapes';

export const listDeadlines = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Out<typeof PAGE & typeof DEADLINE_FILTER> },
) => {
  const state = query.state ?? DeadlineState.UNSPECIFIED;
  const request = { actor: person, state, caseId: query.caseId ?? '', page: pageOf(query) };
  const answer = await neighbours.enforcementCases.listDeadlines(request);
  return { items: answer.deadlines.filter((one) => reaches(person, one) && maySeeDeadline(person, one.code)), next: answer.next };
};
