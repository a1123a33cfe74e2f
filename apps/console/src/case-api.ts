// The console's requests about cases, documents, limits and the work that people do after an order.
import { type Answers, type Body, answerOf, asFile, client, keyed, written } from './http';

export type CaseJson = Answers['Case'];
export type DocumentJson = Answers['Document'];
export type DeadlineJson = Answers['Deadline'];
export type AttachmentJson = Answers['Attachment'];
export type ServiceRule = Answers['ServiceRule'];
export type StepBody = Body<'/api/cases/{id}/steps'>;
export type LeadBody = Body<'/api/cases'>;
export type RemedyJson = Answers['Remedy'];
export type RemedyBody = Body<'/api/cases/{id}/remedies'>;
export type RemedyStepBody = Body<'/api/remedies/{id}/steps'>;

const on = (id: string, key: string) => ({ path: { id }, header: keyed(key) });

export const cases = {
  get: (id: string) => answerOf(client.GET('/api/cases/{id}', { params: { path: { id } } })),
  open: (body: LeadBody, key: string) => written(client.POST('/api/cases', { params: { header: keyed(key) }, body })),
  step: (id: string, body: StepBody, key: string) => written(client.POST('/api/cases/{id}/steps', { params: on(id, key), body })),
  previewNotice: (id: string, body: Body<'/api/cases/{id}/notice-preview'>, key: string) =>
    written(client.POST('/api/cases/{id}/notice-preview', { params: on(id, key), body })),
  attach: (id: string, file: File, kind: Exclude<Answers['EvidenceKind'], 'UNSPECIFIED'>, key: string) =>
    written(client.POST('/api/cases/{id}/attachments', { params: { ...on(id, key), query: { name: file.name, kind } }, ...asFile(file) })),
  issue: (id: string, body: Body<'/api/cases/{id}/documents'>, key: string) =>
    written(client.POST('/api/cases/{id}/documents', { params: on(id, key), body })),
  serve: (documentId: string, body: Body<'/api/documents/{id}/serve'>, key: string) =>
    written(client.POST('/api/documents/{id}/serve', { params: on(documentId, key), body })),
  giveEvidence: (orderId: string, body: Body<'/api/orders/{id}/rectification/evidence'>, key: string) =>
    written(client.POST('/api/orders/{id}/rectification/evidence', { params: on(orderId, key), body })),
  recheck: (orderId: string, body: Body<'/api/orders/{id}/rectification/checks'>, key: string) =>
    written(client.POST('/api/orders/{id}/rectification/checks', { params: on(orderId, key), body })),
  finishFollowUp: ({ orderId, kind }: Answers['FollowUp'], note: string, key: string) =>
    written(
      client.POST('/api/orders/{id}/follow-ups/{kind}', { params: { path: { id: orderId, kind }, header: keyed(key) }, body: { note } }),
    ),
};

/** Reconsiderations (行政复议) and suits (行政诉讼) against the decisions of cases. */
export const remedies = {
  get: (id: string) => answerOf(client.GET('/api/remedies/{id}', { params: { path: { id } } })),
  open: (caseId: string, body: RemedyBody, key: string) =>
    written(client.POST('/api/cases/{id}/remedies', { params: on(caseId, key), body })),
  step: (id: string, body: RemedyStepBody, key: string) => written(client.POST('/api/remedies/{id}/steps', { params: on(id, key), body })),
};

/** Addresses of files, for links; the browser loads them with the session's cookie. */
export const files = {
  document: (id: string) => `/api/documents/${id}/pdf`,
  attachment: (caseId: string, id: string) => `/api/cases/${caseId}/attachments/${id}`,
  certificate: (orderId: string) => `/api/orders/${orderId}/certificate`,
  certificatePdf: (orderId: string) => `/api/orders/${orderId}/certificate.pdf`,
  proof: (orderId: string, row: number, record: string) =>
    `/api/orders/${orderId}/proofs?${new URLSearchParams({ row: String(row), record }).toString()}`,
  keys: '/api/public/keys',
};
