// Every door in the house, as one table (cases, orders and parked messages have sheets of their own): who may, where, what goes in, what comes out. The application serves it and the
// OpenAPI document is generated from it, so neither can say what the other does not do.
import { CertificateState } from '@hengji/contracts/certificate/v1/certificate';
import { z } from 'zod';
import { CASE_ROUTES } from './case-routes';
import * as institutions from './handlers/institutions';
import * as operations from './handlers/operations';
import * as publicPages from './handlers/public';
import { ORDER_ROUTES } from './order-routes';
import { PARKED_ROUTES } from './parked-routes';
import { EVERYONE, OPERATE, READERS, WATCH_EXCHANGE } from './role-lists';
import { route, type Route } from './route';
import { CODE_PARAM, ID, INSTITUTION, MESSAGE_FILTER, ORDER_PARAM, PAGE, SEARCH } from './shapes';

/** Rows about one institution share everything but the question. */
const ofInstitution = { method: 'get', roles: READERS, territory: 'institution in path', params: CODE_PARAM } as const;
const forAll = { method: 'get', roles: 'public', territory: 'none' } as const;

export const ROUTES: readonly Route[] = [
  route({
    ...{ method: 'get', path: '/me', roles: EVERYONE, territory: 'none', summary: '当前登录人员', answers: 'Actor' },
    handle: async (_, { person }) => person,
  }),
  route({
    ...{ method: 'post', path: '/sign-out', roles: EVERYONE, territory: 'none', summary: '退出登录', answers: '' },
    handle: async ({ sessions }, _, response) => {
      await sessions.end(response.req, response);
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

  ...CASE_ROUTES,
  ...ORDER_ROUTES,

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
  ...PARKED_ROUTES,

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
    // The holder's name, as whoever asks has it; answered by `nameMatches`.
    query: { name: z.string().min(1).max(64).optional() },
    handle: publicPages.lookUpCertificate,
  }),
  route({ ...forAll, path: '/public/keys', summary: '验签公钥', answers: 'TrustedKeys', handle: publicPages.publishKeys }),
];
