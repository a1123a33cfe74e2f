// The route table's sheet of limits.
import { Deadline } from '@hengji/contracts/enforcement/v1/case';
import { listOf } from '../answers';
import { PAGE } from '../fields';
import { READERS } from '../role-lists';
import { route } from '../route';
import { listDeadlines } from './handlers';
import { DEADLINE_FILTER } from './shapes';

export const DEADLINE_ROUTES = [
  route({
    ...{ method: 'get', path: '/deadlines', roles: READERS, territory: 'narrowed list', summary: '期限', answers: listOf(Deadline) },
    query: { ...PAGE, ...DEADLINE_FILTER },
    handle: listDeadlines,
  }),
];
