// Rows of the route table for cases: the case file, its steps, documents and attachments.
import { Attachment, Case, Document } from '@hengji/contracts/enforcement/v1/case';
import { PreviewNoticeResponse } from '@hengji/contracts/enforcement/v1/case_service';
import { fileOf, messageOf } from '../answers';
import { ID_PARAM } from '../fields';
import { OFFICERS, PARTIES, READERS } from '../role-lists';
import { route } from '../route';
import * as cases from './handlers';
import { ATTACHMENT_PARAM, ISSUE, NOTICE, OPEN_CASE, SERVE, STEP, UPLOAD, UPLOAD_ABOUT } from './shapes';

const readCase = { method: 'get', roles: READERS, territory: 'case in path', params: ID_PARAM } as const;
const onCase = { method: 'post', roles: PARTIES, territory: 'case in path', params: ID_PARAM } as const;
const readDocument = { method: 'get', roles: READERS, territory: 'document in path', params: ID_PARAM } as const;

export const CASE_ROUTES = [
  route({
    ...{ method: 'post', path: '/cases', roles: OFFICERS, territory: 'institution in body', summary: '登记线索', answers: messageOf(Case) },
    status: 201,
    body: OPEN_CASE,
    handle: cases.openCase,
  }),
  route({ ...readCase, path: '/cases/:id', summary: '案卷', answers: messageOf(Case), handle: cases.getCase }),
  route({ ...onCase, path: '/cases/:id/steps', summary: '办案步骤', answers: messageOf(Case), body: STEP, handle: cases.takeStep }),
  route({
    ...{ ...onCase, path: '/cases/:id/notice-preview', roles: OFFICERS, summary: '公示预览', answers: messageOf(PreviewNoticeResponse) },
    body: NOTICE,
    handle: cases.previewNotice,
  }),
  route({
    ...{ ...onCase, path: '/cases/:id/attachments', summary: '上传附件', answers: messageOf(Attachment), status: 201, takesFile: true },
    query: UPLOAD_ABOUT,
    body: UPLOAD,
    handle: cases.addAttachment,
  }),
  route({
    ...{ ...readCase, path: '/cases/:id/attachments/:attachmentId', summary: '下载附件', answers: fileOf('*/*', '附件原样') },
    params: ATTACHMENT_PARAM,
    handle: cases.downloadAttachment,
  }),
  route({
    ...{ ...onCase, path: '/cases/:id/documents', roles: OFFICERS, summary: '制作文书', answers: messageOf(Document), status: 201 },
    body: ISSUE,
    handle: cases.issueDocument,
  }),
  route({ ...readDocument, path: '/documents/:id', summary: '文书', answers: messageOf(Document), handle: cases.getDocument }),
  route({
    ...{ ...readDocument, path: '/documents/:id/pdf', summary: '文书PDF', answers: fileOf('application/pdf', '文书') },
    handle: cases.downloadDocument,
  }),
  route({
    ...{
      ...readDocument,
      method: 'post',
      path: '/documents/:id/serve',
      roles: OFFICERS,
      summary: '登记送达',
      answers: messageOf(Document),
    },
    body: SERVE,
    handle: cases.serveDocument,
  }),
];
