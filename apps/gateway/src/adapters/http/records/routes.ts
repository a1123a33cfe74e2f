// Rows of the route table for an institution's figures; its records are lists (lists/routes.ts).
import { CODE_PARAM } from '../fields';
import { READERS } from '../role-lists';
import { route } from '../route';
import * as records from './handlers';
import { COUNTS } from './shapes';

export const RECORD_ROUTES = [
  route({
    ...{ method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM },
    path: '/institutions/:code/counts',
    summary: '各服务记录数',
    answers: COUNTS,
    handle: records.countRecords,
  }),
];
