// Rows of the route table for messages to other agencies.
import { AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import { messageOf } from '../answers';
import { ID_PARAM } from '../fields';
import { OPERATE } from '../role-lists';
import { route } from '../route';
import * as messages from './handlers';

export const MESSAGE_ROUTES = [
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
