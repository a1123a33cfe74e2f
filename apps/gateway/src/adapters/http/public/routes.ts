// Rows of the route table for what everyone may read without signing in.
import { Institution, PublicNotice } from '@hengji/contracts/approval/v1/approval';
import { listOf } from '../answers';
import { route } from '../route';
import * as pages from './handlers';
import { DIRECTORY_FILTER, NAME_ASKED, NOTICE_FILTER, NUMBER_PARAM, PUBLIC_ANSWER, TRUSTED_KEYS } from './shapes';

const forAll = { method: 'get', roles: 'public', territory: 'none' } as const;

export const PUBLIC_ROUTES = [
  route({
    ...forAll,
    path: '/public/directory',
    summary: '评价机构目录',
    answers: listOf(Institution),
    query: DIRECTORY_FILTER,
    handle: pages.listDirectory,
  }),
  route({
    ...{ ...forAll, path: '/public/notices', summary: '公告', answers: listOf(PublicNotice) },
    query: NOTICE_FILTER,
    handle: pages.listNotices,
  }),
  route({
    ...{ ...forAll, path: '/public/certificates/:number', summary: '证书查验', answers: PUBLIC_ANSWER },
    params: NUMBER_PARAM,
    query: NAME_ASKED,
    handle: pages.lookUpCertificate,
  }),
  route({ ...forAll, path: '/public/keys', summary: '验签公钥', answers: TRUSTED_KEYS, handle: pages.publishKeys }),
];
