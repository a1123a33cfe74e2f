// Rows of the route table for orders: draft, preview, sign, watch, handling of failures, and the proofs at the end of the order.
import {
  CheckNumbersResponse_NumberLine as NumberLine,
  PreviewSupersedingResponse_Part as SupersededPart,
  ListDraftVersionsResponse_DraftVersion as DraftVersion,
  PreviewDriftResponse_DriftedRow as DriftedRow,
  ListLeftRecordsResponse_LeftItem as LeftRecord,
  Order,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import { EMPTY, fileOf, listOf, messageOf, streamOf } from '../answers';
import { ID_PARAM, PAGE, REASON } from '../fields';
import { OFFICERS, OVERSEERS, READERS } from '../role-lists';
import { route } from '../route';
import { watchOrder } from './events';
import * as orders from './handlers';
import {
  COMPLETION_CERTIFICATE,
  DECIDE_LEFT,
  DISCARD,
  DRAFT,
  EDIT,
  LIFT,
  NUMBERS,
  PROOF,
  PROOF_FILE,
  ROW_PARAM,
  SEEN,
  SIGN,
  SUPERSEDING,
} from './shapes';

const readOrder = { method: 'get', roles: READERS, territory: 'order in path', params: ID_PARAM } as const;
const onOrder = { method: 'post', roles: OFFICERS, territory: 'order in path', params: ID_PARAM, answers: messageOf(Order) } as const;

export const ORDER_ROUTES = [
  route({
    ...{
      method: 'post',
      path: '/orders',
      roles: OFFICERS,
      territory: 'institution in scope',
      summary: '起草',
      answers: messageOf(Order),
      status: 201,
    },
    body: DRAFT,
    handle: orders.draftOrder,
  }),
  route({
    ...{ method: 'post', path: '/orders/numbers', roles: OFFICERS, territory: 'institution in body' },
    ...{ summary: '核对粘贴的证书编号', answers: listOf(NumberLine), body: NUMBERS, mostBody: '4mb' },
    handle: orders.checkNumbers,
  }),
  route({
    ...{
      method: 'get',
      path: '/orders/:id',
      roles: READERS,
      territory: 'order in path',
      summary: '处理决定及台账',
      answers: messageOf(Order),
    },
    params: ID_PARAM,
    handle: orders.getOrder,
  }),
  route({
    ...{
      method: 'get',
      path: '/orders/:id/events',
      roles: READERS,
      territory: 'order in path',
      summary: '台账实时变化(SSE)',
      answers: streamOf(Order),
    },
    params: ID_PARAM,
    handle: watchOrder,
  }),
  route({ ...onOrder, path: '/orders/:id/preview', summary: '预览', handle: orders.previewOrder }),
  route({ ...onOrder, path: '/orders/:id/sign', summary: '签发', body: SIGN, handle: orders.signOrder }),
  route({ ...onOrder, path: '/orders/:id/edit', summary: '修改草稿', body: EDIT, handle: orders.editDraft }),
  route({ ...onOrder, path: '/orders/:id/discard', summary: '废弃草稿', body: DISCARD, handle: orders.discardDraft }),
  route({
    ...{ ...readOrder, path: '/orders/:id/versions', roles: OVERSEERS, summary: '草稿的各个版本', answers: listOf(DraftVersion) },
    handle: orders.listVersions,
  }),
  route({
    ...{ ...onOrder, path: '/orders/:id/superseding', summary: '取代后各项措施的去向', answers: listOf(SupersededPart), body: SUPERSEDING },
    handle: orders.previewSuperseding,
  }),
  route({ ...onOrder, path: '/orders/:id/lift', summary: '解除', body: LIFT, handle: orders.liftOrder }),
  route({ ...onOrder, path: '/orders/:id/rows/:row/retry', summary: '重试被拒的台账行', params: ROW_PARAM, handle: orders.retryRow }),
  route({
    ...{ ...readOrder, path: '/orders/:id/drift', roles: OFFICERS, summary: '停下的台账行:签发时与现在', answers: listOf(DriftedRow) },
    handle: orders.previewDrift,
  }),
  route({ ...onOrder, path: '/orders/:id/confirm-drift', summary: '确认变化后的范围', body: SEEN, handle: orders.confirmDrift }),
  route({ ...onOrder, path: '/orders/:id/sweep', summary: '立即复核', handle: orders.sweepOrder }),
  route({ ...onOrder, path: '/orders/:id/suspend', summary: '停止执行', body: REASON, handle: orders.suspendOrder }),
  route({ ...onOrder, path: '/orders/:id/resume', summary: '恢复执行', body: REASON, handle: orders.resumeOrder }),

  route({
    ...{ ...readOrder, path: '/orders/:id/left', summary: '解除时保留的记录', answers: listOf(LeftRecord) },
    query: PAGE,
    handle: orders.listLeft,
  }),
  route({
    ...{ ...onOrder, path: '/orders/:id/left', summary: '对一条保留记录作出决定', answers: EMPTY },
    body: DECIDE_LEFT,
    handle: orders.decideLeft,
  }),
  route({
    ...{ ...readOrder, path: '/orders/:id/certificate', summary: '执行完成证明(JSON)', answers: COMPLETION_CERTIFICATE },
    handle: orders.downloadCertificate,
  }),
  route({
    ...{
      ...readOrder,
      path: '/orders/:id/certificate.pdf',
      summary: '执行完成证明(PDF)',
      answers: fileOf('application/pdf', '执行完成证明'),
    },
    handle: orders.downloadCertificatePdf,
  }),
  route({
    ...{ ...readOrder, path: '/orders/:id/proofs', summary: '一条记录的存证文件', answers: PROOF_FILE },
    query: PROOF,
    handle: orders.downloadProof,
  }),
];
