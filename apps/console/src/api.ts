// What the console asks of the gateway's REST about institutions, orders and operations, with the contract messages as JSON.
// Cases are in case-api.ts.
import type { Institution, PublicNotice } from '@hengji/contracts/approval/v1/approval';
import type { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import type { CountCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import type {
  LiftGround,
  ListLeftRecordsResponse_LeftItem,
  Order,
  PreviewDriftResponse_DriftedRow,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import type { Plan, Result } from '@hengji/contracts/exam/v1/exam';
import type { CountRecordsResponse } from '@hengji/contracts/exam/v1/exam_service';
import type { AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import type { CountUploadsResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import type {
  ConfirmDiscardResponse,
  Gap,
  ConfirmGroupDiscardResponse,
  DiscardGroup,
  GetParkedResponse,
  ListParkedGroupsResponse,
  ParkedMessage,
  ReplayParkedResponse,
} from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import type { Payment } from '@hengji/contracts/subsidy/v1/subsidy';
import type { CountPaymentsResponse } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Json } from '@hengji/contracts';
import { query, request, write } from './http';

export type OrderJson = Json<Order>;
export type LeftJson = Json<ListLeftRecordsResponse_LeftItem>;
export type DriftedJson = Json<PreviewDriftResponse_DriftedRow>;
export type InstitutionJson = Json<Institution>;
export interface List<T> {
  items: T[];
  next: string;
}
export interface Counts {
  exam: Json<CountRecordsResponse>;
  certificate: Json<CountCertificatesResponse>;
  subsidy: Json<CountPaymentsResponse>;
  exchange: Json<CountUploadsResponse>;
}
export interface ParkedOfService {
  service: string;
  total: number;
  messages: Json<ParkedMessage>[];
  gaps: Json<Gap>[];
  gapsTotal: number;
  /** Unsealed ones that were counted and not kept. */
  notKept: number;
  unreachable?: true;
}
export interface PublicAnswer {
  number: string;
  status: 'valid' | 'void' | 'unknown';
  institution: string;
  institutionName: string;
  occupation: string;
  occupationName: string;
  level: string;
  levelName: string;
  issuedOn: string;
  /** Only when a name was given: whether it fits. */
  nameMatches?: boolean;
  voidSince?: string;
  voidDocumentNo?: string;
  asOf: string;
}
export interface DraftBody {
  scope: Json<Scope>;
  measures: string[];
  grounds: string[];
  reason: string;
  rectifyBy: string;
  caseId: string;
  interim: boolean;
  urgency: string;
  endCondition: string;
}
/** Whole without scope and measures. */
export interface LiftBody {
  reason: string;
  ground: LiftGround;
  scope?: Json<Scope>;
  measures: string[];
}

const ofInstitution =
  <T>(what: string) =>
  (code: string, after?: string): Promise<List<T>> =>
    request(`/institutions/${code}/${what}${query({ after, limit: '20' })}`);

export const api = {
  me: () => request<Json<Actor>>('/me'),
  signOut: () => write<undefined>('/sign-out'),
  institutions: (search: string, after?: string) => request<List<InstitutionJson>>(`/institutions${query({ search, after, limit: '20' })}`),
  institution: (code: string) => request<InstitutionJson>(`/institutions/${code}`),
  counts: (code: string) => request<Counts>(`/institutions/${code}/counts`),
  plans: ofInstitution<Json<Plan>>('plans'),
  results: ofInstitution<Json<Result>>('results'),
  certificates: ofInstitution<Json<Certificate>>('certificates'),
  payments: ofInstitution<Json<Payment>>('payments'),
  orders: (institution?: string, after?: string) => request<List<OrderJson>>(`/orders${query({ institution, after, limit: '20' })}`),
  order: (id: string) => request<OrderJson>(`/orders/${id}`),
  draft: (body: DraftBody, key: string) => write<OrderJson>('/orders', body, key),
  preview: (id: string) => write<OrderJson>(`/orders/${id}/preview`),
  sign: (id: string, key: string) => write<OrderJson>(`/orders/${id}/sign`, {}, key),
  lift: (id: string, body: LiftBody, key: string) => write<OrderJson>(`/orders/${id}/lift`, body, key),
  drift: (id: string) => request<List<DriftedJson>>(`/orders/${id}/drift`),
  confirmDrift: (id: string, seen: { row: number; root: string }[], key: string) =>
    write<OrderJson>(`/orders/${id}/confirm-drift`, { seen }, key),
  sweep: (id: string) => write<OrderJson>(`/orders/${id}/sweep`),
  suspend: (id: string, reason: string, key: string) => write<OrderJson>(`/orders/${id}/suspend`, { reason }, key),
  resume: (id: string, reason: string, key: string) => write<OrderJson>(`/orders/${id}/resume`, { reason }, key),
  left: (id: string, after?: string) => request<List<LeftJson>>(`/orders/${id}/left${query({ after, limit: '20' })}`),
  decideLeft: (id: string, body: { row: number; recordId: string; decision: string }, key: string) =>
    write<object>(`/orders/${id}/left`, body, key),
  retryRow: (id: string, row: number) => write<OrderJson>(`/orders/${id}/rows/${row}/retry`),
  messages: (filters: { orderId?: string; state?: string; after?: string }) =>
    request<List<Json<AgencyMessage>>>(`/messages${query({ ...filters, limit: '20' })}`),
  retryMessage: (id: string) => write<Json<AgencyMessage>>(`/messages/${id}/retry`),
  parked: () => request<{ services: ParkedOfService[] }>('/parked'),
  parkedOf: (service: string, after?: string) => request<List<Json<ParkedMessage>>>(`/parked/${service}${query({ after, limit: '50' })}`),
  gapsOf: (service: string, after?: string) => request<List<Json<Gap>>>(`/parked/${service}/gaps${query({ after, limit: '50' })}`),
  replay: (service: string, topic: string, key: string) => write<Json<ReplayParkedResponse>>(`/parked/${service}/replay`, { topic, key }),
  parkedMessage: (service: string, id: string) => request<Json<GetParkedResponse>>(`/parked/${service}/messages/${id}`),
  replayMessage: (service: string, id: string) => write<Json<ReplayParkedResponse>>(`/parked/${service}/messages/${id}/replay`),
  proposeDiscard: (service: string, id: string, reason: string, key: string) =>
    write<Json<ParkedMessage>>(`/parked/${service}/messages/${id}/discard`, { reason }, key),
  confirmDiscard: (service: string, id: string, version: string) =>
    write<Json<ConfirmDiscardResponse>>(`/parked/${service}/messages/${id}/discard/confirm`, { version }),
  parkedGroups: (service: string) => request<Json<ListParkedGroupsResponse>>(`/parked/${service}/groups`),
  proposeGroupDiscard: (service: string, body: { topic: string; parkedReason: string; reason: string }, key: string) =>
    write<Json<DiscardGroup>>(`/parked/${service}/groups/discard`, body, key),
  confirmGroupDiscard: (service: string, group: string, digest: string) =>
    write<Json<ConfirmGroupDiscardResponse>>(`/parked/${service}/groups/${group}/discard/confirm`, { digest }),
  publicCertificate: (number: string, name: string) =>
    request<PublicAnswer>(`/public/certificates/${encodeURIComponent(number)}${name === '' ? '' : `?name=${encodeURIComponent(name)}`}`),
  publicDirectory: (search: string, after?: string) =>
    request<List<InstitutionJson>>(`/public/directory${query({ search, after, limit: '20' })}`),
  publicNotices: () => request<List<Json<PublicNotice>>>('/public/notices'),
};
