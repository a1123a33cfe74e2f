// Messages to other agencies (部门报文), as exchange has them.
import { Agency, MessageState } from '@hengji/contracts/exchange/v1/exchange';
import { Refusal } from '@hengji/domain-kit';
import { PROVINCE } from '@hengji/province';
import type { Person } from '../../../domain/access';
import type { Neighbours } from '../../clients/neighbours';
import { pageOf, type PAGE } from '../fields';
import type { Out, RouteDeps } from '../route';
import type { MESSAGE_FILTER } from './shapes';

const MOST = 1_000;

/** The institutions of a city: its officers' messages are narrowed to them where they are looked up, so that pages are full. */
const institutionsOf = async ({ approval }: Neighbours, authority: string): Promise<string[]> => {
  const codes: string[] = [];
  for (let after = ''; ;) {
    const { institutions, next } = await approval.listInstitutions({ authority, search: '', page: { after, limit: MOST } });
    codes.push(...institutions.map(({ code }) => code));
    if (next === '') return codes;
    after = next;
  }
};

export const listMessages = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Out<typeof PAGE & typeof MESSAGE_FILTER> },
) => {
  // Operators keep the exchange running and see its envelopes everywhere; who reaches the province sees all anyway.
  const all = person.role === 'OPERATOR' || person.authority === PROVINCE;
  const institutions = all ? [] : await institutionsOf(neighbours, person.authority);
  if (!all && institutions.length === 0) return { items: [], next: '' };
  const answer = await neighbours.exchange.listMessages({
    actor: person,
    orderId: query.orderId ?? '',
    agency: query.agency ?? Agency.UNSPECIFIED,
    state: query.state ?? MessageState.UNSPECIFIED,
    page: pageOf(query),
    institutions,
  });
  // An exchange from before lists could be narrowed sends all: what is not reached does not leave here.
  const reached = new Set(institutions);
  return { items: answer.messages.filter(({ institution }) => all || reached.has(institution)), next: answer.next };
};

export const retryMessage = async ({ neighbours }: RouteDeps, { person, params }: { person: Person; params: { id: string } }) => {
  const { message } = await neighbours.exchange.retryMessage({ messageId: params.id, actor: person });
  if (!message) throw new Refusal('notFound', 'message.unknown', '没有这条报文', { field: 'id' });
  return message;
};
