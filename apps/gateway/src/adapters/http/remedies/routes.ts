// Rows of the route table for reconsiderations (行政复议) and suits (行政诉讼); their list is one of the ListSpecs.
import { Remedy } from '@hengji/contracts/enforcement/v1/remedy';
import { messageOf } from '../answers';
import { ID_PARAM } from '../fields';
import { OFFICERS, READERS } from '../role-lists';
import { route } from '../route';
import * as remedies from './handlers';
import { OPEN_REMEDY, REMEDY_STEP } from './shapes';

const answers = messageOf(Remedy);

export const REMEDY_ROUTES = [
  route({
    ...{ method: 'post', path: '/cases/:id/remedies', roles: OFFICERS, territory: 'case in path', params: ID_PARAM, answers, status: 201 },
    summary: '登记收到的行政复议、行政诉讼',
    body: OPEN_REMEDY,
    handle: remedies.openRemedy,
  }),
  route({
    ...{ method: 'get', path: '/remedies/:id', roles: READERS, territory: 'remedy in path', params: ID_PARAM, answers },
    summary: '一件复议、诉讼',
    handle: remedies.getRemedy,
  }),
  route({
    ...{ method: 'post', path: '/remedies/:id/steps', roles: OFFICERS, territory: 'remedy in path', params: ID_PARAM, answers },
    summary: '办理复议、诉讼的步骤',
    body: REMEDY_STEP,
    handle: remedies.takeRemedyStep,
  }),
];
