// Rows of the route table for parked messages: lists without values, one decoded message, replay, and discarding by two people.
import {
  ConfirmDiscardResponse,
  ConfirmGroupDiscardResponse,
  DiscardGroup,
  DiscardedMessage,
  Gap,
  GetParkedResponse,
  ListParkedGroupsResponse,
  ParkedMessage,
  ReplayParkedResponse,
} from '@hengji/contracts/messaging/v1/parking_service';
import { listOf, messageOf } from '../answers';
import { PAGE, REASON } from '../fields';
import { OPERATE, WATCH_PARKED } from '../role-lists';
import { route } from '../route';
import * as parked from './handlers';
import { DISCARD_FILTER, GROUP, ONE, PARKED, REPLAY, SEEN_DIGEST, SEEN_VERSION, SERVICE } from './shapes';

const lists = { method: 'get', roles: WATCH_PARKED, territory: 'none', params: SERVICE, query: PAGE } as const;
const acts = { method: 'post', roles: OPERATE, territory: 'none' } as const;

export const PARKED_ROUTES = [
  route({
    ...{ method: 'get', path: '/parked', roles: WATCH_PARKED, territory: 'none', summary: '各服务滞留消息与序号缺口', answers: PARKED },
    handle: parked.listParked,
  }),
  route({
    ...{ ...lists, path: '/parked/:service', summary: '一个服务的滞留消息', answers: listOf(ParkedMessage) },
    handle: parked.listParkedOf,
  }),
  route({
    ...{ ...lists, path: '/parked/:service/gaps', summary: '一个服务的序号缺口', answers: listOf(Gap) },
    handle: parked.listGapsOf,
  }),
  route({
    ...{ ...lists, path: '/parked/:service/discarded', summary: '一个服务的已作废消息', answers: listOf(DiscardedMessage) },
    handle: parked.listDiscardedOf,
  }),
  route({
    ...{ method: 'get', path: '/parked/:service/messages/:parked', roles: OPERATE, territory: 'none' },
    ...{ summary: '一条滞留消息的内容', answers: messageOf(GetParkedResponse) },
    params: ONE,
    handle: parked.getParked,
  }),
  route({
    ...{ ...acts, path: '/parked/:service/replay', summary: '按键重放滞留消息', answers: messageOf(ReplayParkedResponse) },
    params: SERVICE,
    body: REPLAY,
    handle: parked.replayParked,
  }),
  route({
    ...{
      ...acts,
      path: '/parked/:service/messages/:parked/replay',
      summary: '重放一条被隔离的消息',
      answers: messageOf(ReplayParkedResponse),
    },
    params: ONE,
    handle: parked.replayQuarantined,
  }),
  route({
    ...{ ...acts, path: '/parked/:service/messages/:parked/discard', summary: '提议作废滞留消息', answers: messageOf(ParkedMessage) },
    params: ONE,
    body: REASON,
    handle: parked.proposeDiscard,
  }),
  route({
    ...{
      ...acts,
      path: '/parked/:service/messages/:parked/discard/confirm',
      summary: '由第二人确认作废滞留消息',
      answers: messageOf(ConfirmDiscardResponse),
    },
    params: ONE,
    body: SEEN_VERSION,
    handle: parked.confirmDiscard,
  }),
  route({
    ...{ method: 'get', path: '/parked/:service/groups', roles: WATCH_PARKED, territory: 'none' },
    ...{ summary: '一个服务的滞留消息分组计数与成组作废提议', answers: messageOf(ListParkedGroupsResponse) },
    params: SERVICE,
    handle: parked.listParkedGroups,
  }),
  route({
    ...{ ...acts, path: '/parked/:service/groups/discard', summary: '提议成组作废被隔离的消息', answers: messageOf(DiscardGroup) },
    params: SERVICE,
    body: DISCARD_FILTER,
    handle: parked.proposeGroupDiscard,
  }),
  route({
    ...{ ...acts, path: '/parked/:service/groups/:group/discard/confirm', summary: '由第二人确认成组作废' },
    answers: messageOf(ConfirmGroupDiscardResponse),
    params: GROUP,
    body: SEEN_DIGEST,
    handle: parked.confirmGroupDiscard,
  }),
];
