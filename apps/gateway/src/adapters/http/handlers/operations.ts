// What operators look at: messages to other agencies, and messages that a service could not handle.
import { Agency, MessageState, type AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import { Refusal } from '@hengji/domain-kit';
import { reaches, type Person } from '../../../domain/access';
import { PARKING_SERVICES, type Neighbours, type ParkingServiceName } from '../../clients/neighbours';
import type { RouteDeps } from '../route';
import { pageOf } from '../shapes';
import { institutionByCode } from './institutions';

interface MessageQuery {
  readonly orderId?: string | undefined;
  readonly agency?: Exclude<Agency, 'UNSPECIFIED'> | undefined;
  readonly state?: Exclude<MessageState, 'UNSPECIFIED'> | undefined;
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** Messages about institutions that the person reaches. A page may be shorter than asked; `next` goes on. */
const onlyReached = async (neighbours: Neighbours, person: Person, messages: readonly AgencyMessage[]): Promise<AgencyMessage[]> => {
  const codes = [...new Set(messages.map(({ institution }) => institution))];
  const authorities = new Map(
    await Promise.all(codes.map(async (code) => [code, (await institutionByCode(neighbours, code)).authority] as const)),
  );
  return messages.filter(({ institution }) => reaches(person, { institution, authority: authorities.get(institution) ?? '' }));
};

export const listMessages = async ({ neighbours }: RouteDeps, { person, query }: { person: Person; query: MessageQuery }) => {
  const answer = await neighbours.exchange.listMessages({
    actor: person,
    orderId: query.orderId ?? '',
    agency: query.agency ?? Agency.UNSPECIFIED,
    state: query.state ?? MessageState.UNSPECIFIED,
    page: pageOf(query),
  });
  // Operators keep the exchange running and see its envelopes everywhere; who reaches the province sees all anyway.
  const all = person.role === 'OPERATOR' || person.authority === 'LN';
  return { items: all ? answer.messages : await onlyReached(neighbours, person, answer.messages), next: answer.next };
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
    return { service, total: parked.total, messages: parked.messages, gaps: gaps.gaps };
  } catch (failure) {
    // A service that is away must not hide what the others have parked.
    if (!(failure instanceof Refusal) || failure.kind !== 'unavailable') throw failure;
    return { service, total: 0n, messages: [], gaps: [], unreachable: true as const };
  }
};

export const listParked = async ({ neighbours }: RouteDeps) => ({
  services: await Promise.all(PARKING_SERVICES.map((service) => parkedOf(neighbours, service))),
});

export const replayParked = async (
  { neighbours }: RouteDeps,
  { params, body }: { params: { service: ParkingServiceName }; body: { topic: string; key: string } },
) => neighbours.parking[params.service].replayParked(body, { deadlineMs: 30_000 });
