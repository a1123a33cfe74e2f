// Every door in the house, as one table: who may, where, what goes in, what comes out. The application serves it and the
// OpenAPI document is generated from it, so neither can say what the other does not do.
import { CertificateState } from '@hengji/contracts/certificate/v1/certificate';
import { z } from 'zod';
import type { Role } from '../../domain/access';
import { PARKING_SERVICES } from '../clients/neighbours';
import { watchOrder } from './events';
import * as institutions from './handlers/institutions';
import * as operations from './handlers/operations';
import * as orders from './handlers/orders';
import * as publicPages from './handlers/public';
import { route, type Route } from './route';
import { CODE_PARAM, DRAFT, ID, INSTITUTION, LIFT, MESSAGE_FILTER, ORDER_PARAM, PAGE, REPLAY, ROW_PARAM, SEARCH } from './shapes';

const EVERYONE = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'OPERATOR', 'AUDITOR'] as const satisfies readonly Role[];
const READERS = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR'] as const satisfies readonly Role[];
const OFFICERS = ['PROVINCE_OFFICER', 'CITY_OFFICER'] as const satisfies readonly Role[];
const WATCH_EXCHANGE = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'OPERATOR', 'AUDITOR'] as const satisfies readonly Role[];
const WATCH_PARKED = ['PROVINCE_OFFICER', 'OPERATOR', 'AUDITOR'] as const satisfies readonly Role[];
const OPERATE = ['PROVINCE_OFFICER', 'OPERATOR'] as const satisfies readonly Role[];

/** Rows about one institution share everything but the question. */
const ofInstitution = { method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM } as const;
const onOrder = { method: 'post', roles: OFFICERS, territory: 'order in path', params: ORDER_PARAM, answers: 'Order' } as const;
const forAll = { method: 'get', roles: 'public', territory: 'none' } as const;

export const ROUTES: readonly Route[] = [
  route({
    ...{ method: 'get', path: '/me', roles: EVERYONE, territory: 'none', summary: '当前登录人员', answers: 'Actor' },
    handle: async (_, { person }) => person,
  }),
  route({
    ...{ method: 'post', path: '/sign-out', roles: EVERYONE, territory: 'none', summary: '退出登录', answers: '' },
    handle: async ({ sessions }, _, response) => {
      sessions.person.clear(response);
      response.status(204).end();
    },
  }),

  route({
    ...{
      method: 'get',
      path: '/institutions',
      roles: READERS,
      territory: 'narrowed list',
      summary: '评价机构检索',
      answers: 'Institution[]',
    },
    query: { ...PAGE, search: SEARCH },
    handle: institutions.listInstitutions,
  }),
  route({
    ...ofInstitution,
    path: '/institutions/:code',
    summary: '评价机构',
    answers: 'Institution',
    handle: institutions.getInstitution,
  }),
  route({
    ...ofInstitution,
    path: '/institutions/:code/counts',
    summary: '各服务记录数',
    answers: 'Counts',
    handle: institutions.countRecords,
  }),
  route({
    ...ofInstitution,
    path: '/institutions/:code/plans',
    summary: '考务计划',
    answers: 'Plan[]',
    query: PAGE,
    handle: institutions.listPlans,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/results', summary: '评价结果', answers: 'Result[]' },
    query: { ...PAGE, sessionId: ID.optional() },
    handle: institutions.listResults,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/certificates', summary: '证书', answers: 'Certificate[]' },
    query: { ...PAGE, state: z.enum(CertificateState).exclude(['UNSPECIFIED']).optional() },
    handle: institutions.listCertificates,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/payments', summary: '补贴发放', answers: 'Payment[]' },
    query: PAGE,
    handle: institutions.listPayments,
  }),
  route({
    ...{ ...ofInstitution, path: '/institutions/:code/recoveries', summary: '补贴追缴', answers: 'Recovery[]' },
    query: { ...PAGE, orderId: ID.optional() },
    handle: institutions.listRecoveries,
  }),

  route({
    ...{ method: 'get', path: '/orders', roles: READERS, territory: 'narrowed list', summary: '处理决定', answers: 'Order[]' },
    query: { ...PAGE, institution: INSTITUTION.optional() },
    handle: orders.listOrders,
  }),
  route({
    ...{
      method: 'post',
      path: '/orders',
      roles: OFFICERS,
      territory: 'institution in scope',
      summary: '起草',
      answers: 'Order',
      status: 201,
    },
    body: DRAFT,
    handle: orders.draftOrder,
  }),
  route({
    ...{ method: 'get', path: '/orders/:id', roles: READERS, territory: 'order in path', summary: '处理决定及台账', answers: 'Order' },
    params: ORDER_PARAM,
    handle: orders.getOrder,
  }),
  route({
    ...{
      method: 'get',
      path: '/orders/:id/events',
      roles: READERS,
      territory: 'order in path',
      summary: '台账实时变化(SSE)',
      answers: 'Order',
    },
    params: ORDER_PARAM,
    handle: watchOrder,
  }),
  route({ ...onOrder, path: '/orders/:id/preview', summary: '预览', handle: orders.previewOrder }),
  route({ ...onOrder, path: '/orders/:id/sign', summary: '签发', handle: orders.signOrder }),
  route({ ...onOrder, path: '/orders/:id/lift', summary: '解除', body: LIFT, handle: orders.liftOrder }),
  route({ ...onOrder, path: '/orders/:id/rows/:row/retry', summary: '重试被拒的台账行', params: ROW_PARAM, handle: orders.retryRow }),

  route({
    ...{
      method: 'get',
      path: '/messages',
      roles: WATCH_EXCHANGE,
      territory: 'narrowed list',
      summary: '部门报文',
      answers: 'AgencyMessage[]',
    },
    query: { ...PAGE, ...MESSAGE_FILTER },
    handle: operations.listMessages,
  }),
  route({
    ...{ method: 'post', path: '/messages/:id/retry', roles: OPERATE, territory: 'none', summary: '立即重发', answers: 'AgencyMessage' },
    params: ORDER_PARAM,
    handle: operations.retryMessage,
  }),
  route({
    ...{ method: 'get', path: '/parked', roles: WATCH_PARKED, territory: 'none', summary: '各服务滞留消息与序号缺口', answers: 'Parked' },
    handle: operations.listParked,
  }),
  route({
    ...{
      method: 'post',
      path: '/parked/:service/replay',
      roles: OPERATE,
      territory: 'none',
      summary: '重放滞留消息',
      answers: 'ReplayParkedResponse',
    },
    params: { service: z.enum(PARKING_SERVICES) },
    body: REPLAY,
    handle: operations.replayParked,
  }),

  route({
    ...forAll,
    path: '/public/directory',
    summary: '评价机构目录',
    answers: 'Institution[]',
    query: { ...PAGE, search: SEARCH },
    handle: publicPages.listDirectory,
  }),
  route({
    ...{ ...forAll, path: '/public/notices', summary: '公告', answers: 'PublicNotice[]' },
    query: { ...PAGE, institution: INSTITUTION.optional() },
    handle: publicPages.listNotices,
  }),
  route({
    ...{ ...forAll, path: '/public/certificates/:number', summary: '证书查验', answers: 'PublicAnswer' },
    params: { number: z.string().max(64) },
    handle: publicPages.lookUpCertificate,
  }),
];
