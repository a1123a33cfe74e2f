// The route table's sheet of an institution's records; the rows share everything but the question.
import { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import { Plan, Result } from '@hengji/contracts/exam/v1/exam';
import { Payment, Recovery } from '@hengji/contracts/subsidy/v1/subsidy';
import { listOf } from '../answers';
import { CODE_PARAM, PAGE } from '../fields';
import { READERS } from '../role-lists';
import { route } from '../route';
import * as records from './handlers';
import { CERTIFICATE_FILTER, COUNTS, RECOVERY_FILTER, RESULT_FILTER } from './shapes';

const ofInstitution = { method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM } as const;

export const RECORD_ROUTES = [
  route({
    ...ofInstitution,
    path: '/institutions/:code/counts',
    summary: '各服务记录数',
    answers: COUNTS,
    handle: records.countRecords,
  }),
  route({
    ...ofInstitution,
    path: '/institutions/:code/plans',
    summary: '考务计划',
    answers: listOf(Plan),
    query: PAGE,
    handle: records.listPlans,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/results', summary: '评价结果', answers: listOf(Result) },
    query: RESULT_FILTER,
    handle: records.listResults,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/certificates', summary: '证书', answers: listOf(Certificate) },
    query: CERTIFICATE_FILTER,
    handle: records.listCertificates,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/payments', summary: '补贴发放', answers: listOf(Payment) },
    query: PAGE,
    handle: records.listPayments,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/recoveries', summary: '补贴追缴', answers: listOf(Recovery) },
    query: RECOVERY_FILTER,
    handle: records.listRecoveries,
  }),
];
