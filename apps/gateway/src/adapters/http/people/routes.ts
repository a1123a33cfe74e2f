// Rows of the route table for persons: one search, by both name and ID number, with its purpose.
import { PersonRecord } from '@hengji/contracts/procedure/v1/person_service';
import { countedListOf } from '../answers';
import { OVERSEERS } from '../role-lists';
import { route } from '../route';
import { lookUpPerson } from './handlers';
import { LOOK_UP } from './shapes';

export const PEOPLE_ROUTES = [
  route({
    ...{ method: 'post', path: '/people/search', roles: OVERSEERS, territory: 'narrowed list', summary: '按姓名和证件号码查询人员的记录' },
    ...{ answers: countedListOf(PersonRecord), body: LOOK_UP },
    handle: lookUpPerson,
  }),
];
