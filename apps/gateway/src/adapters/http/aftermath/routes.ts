// Rows of the route table for the work that people do after an order: rectification and follow-ups.
import { Case } from '@hengji/contracts/enforcement/v1/case';
import { messageOf } from '../answers';
import { ID_PARAM } from '../fields';
import { INSTITUTIONS, OFFICERS } from '../role-lists';
import { route } from '../route';
import * as aftermath from './handlers';
import { EVIDENCE, FOLLOW_UP, FOLLOW_UP_PARAM, RECHECK } from './shapes';

const onOrder = { method: 'post', roles: OFFICERS, territory: 'order in path', params: ID_PARAM, answers: messageOf(Case) } as const;

export const AFTERMATH_ROUTES = [
  route({
    ...{ ...onOrder, path: '/orders/:id/rectification/evidence', roles: INSTITUTIONS, summary: '提交整改材料' },
    body: EVIDENCE,
    handle: aftermath.giveEvidence,
  }),
  route({
    ...{ ...onOrder, path: '/orders/:id/rectification/checks', summary: '整改复查' },
    body: RECHECK,
    handle: aftermath.checkRectification,
  }),
  route({
    ...{ ...onOrder, path: '/orders/:id/follow-ups/:kind', summary: '办结善后事项' },
    params: FOLLOW_UP_PARAM,
    body: FOLLOW_UP,
    handle: aftermath.finishFollowUp,
  }),
];
