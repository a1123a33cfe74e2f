// What the console asks of the gateway's REST about cases, documents, limits and what an order leaves to be done.
import type { Attachment, Case, CaseState, CaseStep, Deadline, DeadlineState, Document } from '@hengji/contracts/enforcement/v1/case';
import type { Json } from '@hengji/contracts';
import type { List } from './api';
import { query, request, upload, write } from './http';

export type CaseJson = Json<Case>;
export type DocumentJson = Json<Document>;
export type DeadlineJson = Json<Deadline>;
export type AttachmentJson = Json<Attachment>;

export interface StepBody {
  step: CaseStep;
  text: string;
  attachmentIds: string[];
  mode?: string;
  receiver?: string;
  orderId?: string;
}
export interface LeadBody {
  institution: string;
  source: string;
  grounds: string[];
  summary: string;
}

export const cases = {
  list: (filters: { institution?: string; state?: CaseState | '' }, after?: string) =>
    request<List<CaseJson>>(`/cases${query({ ...filters, after, limit: '20' })}`),
  get: (id: string) => request<CaseJson>(`/cases/${id}`),
  open: (body: LeadBody, key: string) => write<CaseJson>('/cases', body, key),
  step: (id: string, body: StepBody, key: string) => write<CaseJson>(`/cases/${id}/steps`, body, key),
  attach: (id: string, file: File, key: string) =>
    upload<AttachmentJson>(`/cases/${id}/attachments${query({ name: file.name })}`, file, key),
  issue: (id: string, body: { kind: string; orderId: string; text: string }, key: string) =>
    write<DocumentJson>(`/cases/${id}/documents`, body, key),
  serve: (documentId: string, body: { mode: string; receiver: string }, key: string) =>
    write<DocumentJson>(`/documents/${documentId}/serve`, body, key),
  giveEvidence: (orderId: string, body: { text: string; attachmentIds: string[] }, key: string) =>
    write<CaseJson>(`/orders/${orderId}/rectification/evidence`, body, key),
  recheck: (orderId: string, body: { passed: boolean; text: string }, key: string) =>
    write<CaseJson>(`/orders/${orderId}/rectification/checks`, body, key),
  finishFollowUp: (orderId: string, kind: string, note: string, key: string) =>
    write<CaseJson>(`/orders/${orderId}/follow-ups/${kind}`, { note }, key),
  deadlines: (filters: { state?: DeadlineState | ''; caseId?: string }, after?: string, limit = '20') =>
    request<List<DeadlineJson>>(`/deadlines${query({ ...filters, after, limit })}`),
};

/** Addresses of files, for links: the browser fetches them with the session's cookie. */
export const files = {
  document: (id: string) => `/api/documents/${id}/pdf`,
  attachment: (caseId: string, id: string) => `/api/cases/${caseId}/attachments/${id}`,
  certificate: (orderId: string) => `/api/orders/${orderId}/certificate`,
  certificatePdf: (orderId: string) => `/api/orders/${orderId}/certificate.pdf`,
  proof: (orderId: string, row: number, record: string) => `/api/orders/${orderId}/proofs${query({ row: String(row), record })}`,
  keys: '/api/public/keys',
};
