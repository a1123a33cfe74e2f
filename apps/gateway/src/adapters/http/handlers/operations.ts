// What operators look at: messages to other agencies, and messages that a service could not handle.
import { Agency, MessageState } from '@hengji/contracts/exchange/v1/exchange';
import { Refusal } from '@hengji/domain-kit';
import type { Person } from '../../../domain/access';
import { PARKING_SERVICES, type Neighbours, type ParkingServiceName } from '../../clients/neighbours';
import type { RouteDeps } from '../route';
import { pageOf } from '../shapes';

interface MessageQuery {
  readonly orderId?: string | undefined;
  readonly agency?: Exclude<Agency, 'UNSPECIFIED'> | undefined;
  readonly state?: Exclude<MessageState, 'UNSPECIFIED'> | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

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

export const listMessages = async ({ neighbours }: RouteDeps, { person, query }: { person: Person; query: MessageQuery }) => {
  // Operators keep the exchange running and see its envelopes everywhere; who reaches the province sees all anyway.
  const all = person.role === 'OPERATOR' || person.authority === 'LN';
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

const parkedOf = async (neighbours: Neighbours, service: ParkingServiceName) => {
  try {
    const [parked, gaps] = await Promise.all([
      neighbours.parking[service].listParked({ page: pageOf({}) }),
      neighbours.parking[service].listGaps({ page: pageOf({}) }),
    ]);
    return { service, total: parked.total, messages: parked.messages, gaps: gaps.gaps, gapsTotal: gaps.total };
  } catch (failure) {
    // A service that is away must not hide what the others have parked.
    if (!(failure instanceof Refusal) || failure.kind !== 'unavailable') throw failure;
    return { service, total: 0n, messages: [], gaps: [], gapsTotal: 0n, unreachable: true as const };
  }
};

export const listParked = async ({ neighbours }: RouteDeps) => ({
  services: await Promise.all(PARKING_SERVICES.map((service) => parkedOf(neighbours, service))),
});

interface OfService {
  readonly params: { service: ParkingServiceName };
  readonly query: { after?: string | undefined; limit?: number | undefined };
}

export const listParkedOf = async ({ neighbours }: RouteDeps, { params, query }: OfService) => {
  const { messages, next } = await neighbours.parking[params.service].listParked({ page: pageOf(query) });
  return { items: messages, next };
};

export const listGapsOf = async ({ neighbours }: RouteDeps, { params, query }: OfService) => {
  const { gaps, next } = await neighbours.parking[params.service].listGaps({ page: pageOf(query) });
  return { items: gaps, next };
};

export const replayParked = async (
  { neighbours }: RouteDeps,
  { params, body }: { params: { service: ParkingServiceName }; body: { topic: string; key: string } },
) => neighbours.parking[params.service].replayParked(body, { deadlineMs: 30_000 });
