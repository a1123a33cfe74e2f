// The route table's sheet of cases: the file, its steps, documents, attachments and limits.
import * as cases from './handlers/cases';
import { OFFICERS, PARTIES, READERS } from './role-lists';
import { route, type Route } from './route';
import {
  ATTACHMENT_PARAM,
  CASE_FILTER,
  DEADLINE_FILTER,
  ISSUE,
  OPEN_CASE,
  ORDER_PARAM,
  PAGE,
  SERVE,
  STEP,
  UPLOAD,
  UPLOAD_NAME,
} from './shapes';

const lists = { method: 'get', roles: READERS, territory: 'narrowed list' } as const;
const readCase = { method: 'get', roles: READERS, territory: 'case in path', params: ORDER_PARAM } as const;
const onCase = { method: 'post', roles: PARTIES, territory: 'case in path', params: ORDER_PARAM } as const;
const readDocument = { method: 'get', roles: READERS, territory: 'document in path', params: ORDER_PARAM } as const;

export const CASE_ROUTES: readonly Route[] = [
  route({
    ...{ ...lists, path: '/cases', summary: '案件', answers: 'Case[]' },
    query: { ...PAGE, ...CASE_FILTER },
    handle: cases.listCases,
  }),
  route({
    ...{ method: 'post', path: '/cases', roles: OFFICERS, territory: 'institution in body', summary: '登记线索', answers: 'Case' },
    status: 201,
    body: OPEN_CASE,
    handle: cases.openCase,
  }),
  route({ ...readCase, path: '/cases/:id', summary: '案卷', answers: 'Case', handle: cases.getCase }),
  route({ ...onCase, path: '/cases/:id/steps', summary: '办案步骤', answers: 'Case', body: STEP, handle: cases.takeStep }),
  route({
    ...{ ...onCase, path: '/cases/:id/attachments', summary: '上传附件', answers: 'Attachment', status: 201, takesFile: true },
    query: UPLOAD_NAME,
    body: UPLOAD,
    handle: cases.addAttachment,
  }),
  route({
    ...{ ...readCase, path: '/cases/:id/attachments/:attachmentId', summary: '下载附件', answers: 'File', produces: '*/*' },
    params: ATTACHMENT_PARAM,
    handle: cases.downloadAttachment,
  }),
  route({
    ...{ ...onCase, path: '/cases/:id/documents', roles: OFFICERS, summary: '制作文书', answers: 'Document', status: 201 },
    body: ISSUE,
    handle: cases.issueDocument,
  }),
  route({ ...readDocument, path: '/documents/:id', summary: '文书', answers: 'Document', handle: cases.getDocument }),
  route({
    ...{ ...readDocument, path: '/documents/:id/pdf', summary: '文书PDF', answers: 'File', produces: 'application/pdf' },
    handle: cases.downloadDocument,
  }),
  route({
    ...{ ...readDocument, method: 'post', path: '/documents/:id/serve', roles: OFFICERS, summary: '登记送达', answers: 'Document' },
    body: SERVE,
    handle: cases.serveDocument,
  }),
  route({
    ...{ ...lists, path: '/deadlines', summary: '期限', answers: 'Deadline[]' },
    query: { ...PAGE, ...DEADLINE_FILTER },
    handle: cases.listDeadlines,
  }),
];
