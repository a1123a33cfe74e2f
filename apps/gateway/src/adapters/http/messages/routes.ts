// The route table's sheet of messages to other agencies.
import { AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import { listOf, messageOf } from '../answers';
import { ID_PARAM, PAGE } from '../fields';
import { OPERATE, WATCH_EXCHANGE } from '../role-lists';
import { route } from '../route';
import * as messages from './handlers';
import { MESSAGE_FILTER } from './shapes';

export const MESSAGE_ROUTES = [
  route({
    ...{
      method: 'get',
      path: '/messages',
      roles: WATCH_EXCHANGE,
      territory: 'narrowed list',
      summary: '部门报文',
      answers: listOf(AgencyMessage),
    },
    query: { ...PAGE, ...MESSAGE_FILTER },
    handle: messages.listMessages,
  }),
  route({
    ...{
      method: 'post',
      path: '/messages/:id/retry',
      roles: OPERATE,
      territory: 'none',
      summary: '立即重发',
      answers: messageOf(AgencyMessage),
    },
    params: ID_PARAM,
    handle: messages.retryMessage,
  }),
];
