// Institutions (评价机构), as approval has them.
import type { Person } from '../../../domain/access';
import { pageOf } from '../fields';
import type { Paging, Reached, RouteDeps } from '../route';
import { RESOLVERS } from '../territory';

/** Everyone sees what they reach: officers their authority's, institution users their own. */
export const listInstitutions = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Paging & { search?: string | undefined } },
) => {
  if (person.role === 'INSTITUTION') return { items: [await RESOLVERS.institution.load(neighbours, person, person.institution)], next: '' };
  const answer = await neighbours.approval.listInstitutions({
    authority: person.authority,
    search: query.search ?? '',
    page: pageOf(query),
  });
  return { items: answer.institutions, next: answer.next };
};

export const getInstitution = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.institution;
