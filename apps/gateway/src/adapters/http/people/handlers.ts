// Search of a person by name and ID number. Exam and certificate store both; subsidy is queried with the pseudonyms and numbers of their
// answers. Each service stores the search as an act.
import type { PersonRecord } from '@hengji/contracts/procedure/v1/person_service';
import { placesOf } from '../answers';
import type { Act, Out, RouteDeps } from '../route';
import type { LOOK_UP } from './shapes';

const numbersOf = (records: readonly PersonRecord[]): string[] =>
  records.filter(({ kind }) => kind === 'CERTIFICATE').map(({ recordId }) => recordId);

export const lookUpPerson = async (
  { neighbours: { people } }: RouteDeps,
  { person, requestId, body }: Act & { body: Out<typeof LOOK_UP> },
) => {
  const { purpose, note } = body;
  const asked = { requestId, actor: person, purpose, note };
  const named = await Promise.all([people.certificate, people.exam].map((service) => service.lookUpPerson({ ...asked, ...body })));
  const pseudonym = named.find((answer) => answer.person !== '')?.person ?? '';
  const certificateNumbers = numbersOf(named.flatMap(({ records }) => records));
  const paid =
    certificateNumbers.length === 0 ? [] : [await people.subsidy.lookUpPerson({ ...asked, person: pseudonym, certificateNumbers })];
  const answers = [...named, ...paid];
  const items = answers.flatMap(({ records }) => records);
  const total = { count: items.length, more: answers.some(({ more }) => more) };
  return { items, next: '', total, institutions: placesOf(answers), orders: [] };
};
