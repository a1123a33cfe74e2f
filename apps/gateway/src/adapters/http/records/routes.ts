// The route table's sheet of an institution's records; the rows share everything but the question.
import { CODE_PARAM, PAGE } from '../fields';
import { READERS } from '../role-lists';
import { route } from '../route';
import * as records from './handlers';
import { CERTIFICATE_FILTER, RECOVERY_FILTER, RESULT_FILTER } from './shapes';

const ofInstitution = { method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM } as const;

export const RECORD_ROUTES = [
  route({
    ...ofInstitution,
    path: '/institutions/:code/counts',
    summary: '各服务记录数',
    answers: 'Counts',
    handle: records.countRecords,
  }),
  route({
    ...ofInstitution,
    path: '/institutions/:code/plans',
    summary: '考务计划',
    answers: 'Plan[]',
    query: PAGE,
    handle: records.listPlans,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/results', summary: '评价结果', answers: 'Result[]' },
    query: RESULT_FILTER,
    handle: records.listResults,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/certificates', summary: '证书', answers: 'Certificate[]' },
    query: CERTIFICATE_FILTER,
    handle: records.listCertificates,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/payments', summary: '补贴发放', answers: 'Payment[]' },
    query: PAGE,
    handle: records.listPayments,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/recoveries', summary: '补贴追缴', answers: 'Recovery[]' },
    query: RECOVERY_FILTER,
    handle: records.listRecoveries,
  }),
];
