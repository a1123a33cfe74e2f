// Rows of the route table for what everyone may read without signing in.
import { Institution, PublicNotice } from '@hengji/contracts/approval/v1/approval';
import {
  DecisionNotice,
  GetDecisionNoticeResponse,
  ListNoticeEntriesResponse,
} from '@hengji/contracts/approval/v1/decision_notice_service';
import { LISTS } from '@hengji/contracts/lists';
import { fileOf, listOf, messageOf } from '../answers';
import { ID_PARAM } from '../fields';
import { queryShape } from '../lists/list-query';
import { route } from '../route';
import * as decisions from './decision-notices';
import * as pages from './handlers';
import { DIRECTORY_FILTER, LIST_PAGE, NAME_ASKED, NOTICE_FILTER, NUMBER_PARAM, PUBLIC_ANSWER, TRUSTED_KEYS } from './shapes';

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
    ...{ ...forAll, path: '/public/decisions', summary: '处理决定公示', answers: listOf(DecisionNotice) },
    query: queryShape(LISTS.decisions),
    handle: decisions.listDecisionNotices,
  }),
  route({
    ...{ ...forAll, path: '/public/decisions/:id', summary: '一份公示', answers: messageOf(GetDecisionNoticeResponse) },
    params: ID_PARAM,
    handle: decisions.getDecisionNotice,
  }),
  route({
    ...{ ...forAll, path: '/public/decisions/:id/entries', summary: '公示名单', answers: messageOf(ListNoticeEntriesResponse) },
    params: ID_PARAM,
    query: LIST_PAGE,
    handle: decisions.listNoticeEntries,
  }),
  route({
    ...{ ...forAll, path: '/public/decisions/:id/pdf', summary: '公示文书', answers: fileOf('application/pdf', '公示文书') },
    params: ID_PARAM,
    handle: decisions.downloadNotice,
  }),
  route({
    ...{ ...forAll, path: '/public/certificates/:number', summary: '证书查验', answers: PUBLIC_ANSWER },
    params: NUMBER_PARAM,
    query: NAME_ASKED,
    handle: pages.lookUpCertificate,
  }),
  route({ ...forAll, path: '/public/keys', summary: '验签公钥', answers: TRUSTED_KEYS, handle: pages.publishKeys }),
];
