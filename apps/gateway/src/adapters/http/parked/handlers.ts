// Messages that a service could not handle: shown, replayed and discarded in the service that stores them.
import { Refusal } from '@hengji/domain-kit';
import type { Person } from '../../../domain/access';
import { isAway, PARKING_SERVICES, type Neighbours, type ParkingServiceName } from '../../clients/neighbours';
import { pageOf } from '../fields';
import type { Out, Paging, RouteDeps } from '../route';
import type { DISCARD_FILTER, GROUP, ONE, REPLAY, SEEN_DIGEST, SEEN_VERSION, SERVICE } from './shapes';

/** A replay may handle up to 1,000 messages. */
const REPLAY_MS = 30_000;

const parkedOf = async (neighbours: Neighbours, service: ParkingServiceName) => {
  try {
    const [parked, gaps] = await Promise.all([
      neighbours.parking[service].listParked({ page: pageOf({}) }),
      neighbours.parking[service].listGaps({ page: pageOf({}) }),
    ]);
    return { service, total: parked.total, messages: parked.messages, notKept: parked.notKept, gaps: gaps.gaps, gapsTotal: gaps.total };
  } catch (failure) {
    // An unavailable service must not hide the parked messages of the other services.
    if (!isAway(failure)) throw failure;
    return { service, total: 0n, messages: [], notKept: 0n, gaps: [], gapsTotal: 0n, unreachable: true as const };
  }
};

export const listParked = async ({ neighbours }: RouteDeps) => ({
  services: await Promise.all(PARKING_SERVICES.map((service) => parkedOf(neighbours, service))),
});

interface OfService {
  readonly params: Out<typeof SERVICE>;
  readonly query: Paging;
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
  { params, body, person }: { params: Out<typeof SERVICE>; body: Out<typeof REPLAY>; person: Person },
) => neighbours.parking[params.service].replayParked({ ...body, actor: person }, { deadlineMs: REPLAY_MS });

interface OnMessage {
  readonly params: Out<typeof ONE>;
}

export const listDiscardedOf = async ({ neighbours }: RouteDeps, { params, query }: OfService) => {
  const { messages, next } = await neighbours.parking[params.service].listDiscarded({ page: pageOf(query) });
  return { items: messages, next };
};

export const getParked = async ({ neighbours }: RouteDeps, { params }: OnMessage) =>
  neighbours.parking[params.service].getParked({ parkedId: params.parked });

export const replayQuarantined = async ({ neighbours }: RouteDeps, { params, person }: OnMessage & { person: Person }) =>
  neighbours.parking[params.service].replayParked({ parkedId: params.parked, actor: person }, { deadlineMs: REPLAY_MS });

export const proposeDiscard = async (
  { neighbours }: RouteDeps,
  { params, body, person }: OnMessage & { body: { reason: string }; person: Person },
) => {
  const { message } = await neighbours.parking[params.service].proposeDiscard({
    parkedId: params.parked,
    reason: body.reason,
    actor: person,
  });
  if (!message) throw new Refusal('notFound', 'parked.unknown', '没有这条滞留消息', { field: 'parked' });
  return message;
};

/** The same call handles the messages that waited behind this message. */
export const confirmDiscard = async (
  { neighbours }: RouteDeps,
  { params, body, person }: OnMessage & { body: Out<typeof SEEN_VERSION>; person: Person },
) =>
  neighbours.parking[params.service].confirmDiscard(
    { parkedId: params.parked, version: body.version, actor: person },
    { deadlineMs: REPLAY_MS },
  );

export const listParkedGroups = async ({ neighbours }: RouteDeps, { params }: Pick<OfService, 'params'>) =>
  neighbours.parking[params.service].listParkedGroups({});

const dateOf = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

export const proposeGroupDiscard = async (
  { neighbours }: RouteDeps,
  { params, body, person }: Pick<OfService, 'params'> & { body: Out<typeof DISCARD_FILTER>; person: Person },
) => {
  const { topic, parkedReason, parkedFrom, parkedUntil, reason } = body;
  const filter = { topic, reason: parkedReason, parkedFrom: dateOf(parkedFrom), parkedUntil: dateOf(parkedUntil) };
  const asked = { filter, reason, actor: person };
  const { group } = await neighbours.parking[params.service].proposeGroupDiscard(asked, { deadlineMs: REPLAY_MS });
  if (!group) throw new Refusal('notFound', 'discard.empty_group', '没有符合条件的被隔离消息', { field: 'topic' });
  return group;
};

export const confirmGroupDiscard = async (
  { neighbours }: RouteDeps,
  { params, body, person }: { params: Out<typeof GROUP>; body: Out<typeof SEEN_DIGEST>; person: Person },
) =>
  neighbours.parking[params.service].confirmGroupDiscard(
    { groupId: params.group, digest: body.digest, actor: person },
    { deadlineMs: REPLAY_MS },
  );
