// The route table's sheet of what everyone may see without signing in.
import { route } from '../route';
import * as pages from './handlers';
import { DIRECTORY_FILTER, NAME_ASKED, NOTICE_FILTER, NUMBER_PARAM } from './shapes';

const forAll = { method: 'get', roles: 'public', territory: 'none' } as const;

export const PUBLIC_ROUTES = [
  route({
    ...forAll,
    path: '/public/directory',
    summary: '评价机构目录',
    answers: 'Institution[]',
    query: DIRECTORY_FILTER,
    handle: pages.listDirectory,
  }),
  route({
    ...{ ...forAll, path: '/public/notices', summary: '公告', answers: 'PublicNotice[]' },
    query: NOTICE_FILTER,
    handle: pages.listNotices,
  }),
  route({
    ...{ ...forAll, path: '/public/certificates/:number', summary: '证书查验', answers: 'PublicAnswer' },
    params: NUMBER_PARAM,
    query: NAME_ASKED,
    handle: pages.lookUpCertificate,
  }),
  route({ ...forAll, path: '/public/keys', summary: '验签公钥', answers: 'TrustedKeys', handle: pages.publishKeys }),
];
