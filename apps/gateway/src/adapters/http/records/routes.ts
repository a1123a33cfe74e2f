// Rows of the route table for an institution's figures and for one recovery; its records are lists (lists/routes.ts).
import { CODE_PARAM } from '../fields';
import { READERS } from '../role-lists';
import { route } from '../route';
import * as records from './handlers';
import { COUNTS, RECOVERY_FILE, RECOVERY_PARAM } from './shapes';

export const RECORD_ROUTES = [
  route({
    ...{ method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM },
    path: '/institutions/:code/counts',
    summary: '各服务记录数',
    answers: COUNTS,
    handle: records.countRecords,
  }),
  route({
    ...{ method: 'get', roles: READERS, territory: 'recovery in path', params: RECOVERY_PARAM },
    path: '/recoveries/:id',
    summary: '追缴单',
    answers: RECOVERY_FILE,
    handle: records.getRecovery,
  }),
];
