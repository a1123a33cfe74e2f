// Rows of the route table for institutions.
import { Institution } from '@hengji/contracts/approval/v1/approval';
import { messageOf } from '../answers';
import { CODE_PARAM } from '../fields';
import { READERS } from '../role-lists';
import { route } from '../route';
import * as institutions from './handlers';

const ofInstitution = { method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM } as const;

export const INSTITUTION_ROUTES = [
  route({
    ...ofInstitution,
    path: '/institutions/:code',
    summary: '评价机构',
    answers: messageOf(Institution),
    handle: institutions.getInstitution,
  }),
];
