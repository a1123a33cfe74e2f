// The route table's sheet of institutions.
import { Institution } from '@hengji/contracts/approval/v1/approval';
import { listOf, messageOf } from '../answers';
import { CODE_PARAM, PAGE, SEARCH } from '../fields';
import { READERS } from '../role-lists';
import { route } from '../route';
import * as institutions from './handlers';

const ofInstitution = { method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM } as const;

export const INSTITUTION_ROUTES = [
  route({
    ...{
      method: 'get',
      path: '/institutions',
      roles: READERS,
      territory: 'narrowed list',
      summary: '评价机构检索',
      answers: listOf(Institution),
    },
    query: { ...PAGE, search: SEARCH },
    handle: institutions.listInstitutions,
  }),
  route({
    ...ofInstitution,
    path: '/institutions/:code',
    summary: '评价机构',
    answers: messageOf(Institution),
    handle: institutions.getInstitution,
  }),
];
