// The console's only way out: the gateway's REST, with the contract messages as JSON. A write carries an idempotency
// key that stays the same when it is repeated, so a lost answer never acts twice.
import type { Institution, PublicNotice } from '@hengji/contracts/approval/v1/approval';
import type { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import type { CountCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import type { Plan, Result } from '@hengji/contracts/exam/v1/exam';
import type { CountRecordsResponse } from '@hengji/contracts/exam/v1/exam_service';
import type { AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import type { CountUploadsResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import type { Gap, ParkedMessage } from '@hengji/contracts/messaging/v1/parking_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import type { Payment } from '@hengji/contracts/subsidy/v1/subsidy';
import type { CountPaymentsResponse } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Json } from '@hengji/contracts';

export type OrderJson = Json<Order>;
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
  unreachable?: true;
}
export interface PublicAnswer {
  number: string;
  status: 'valid' | 'void' | 'unknown';
  institution: string;
  institutionName: string;
  occupation: string;
  level: string;
  issuedOn: string;
  maskedName: string;
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
}

/** RFC 9457: what the gateway says when it refuses. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly more: { field?: string; rule?: string; traceId?: string },
  ) {
    super(title);
  }
}

const problemOf = async (response: Response): Promise<Problem> => {
  const body = (await response.json().catch(() => ({}))) as {
    title?: string;
    detail?: string;
    code?: string;
    field?: string;
    rule?: string;
    traceId?: string;
  };
  return new Problem(response.status, body.code ?? 'unknown', body.detail ?? body.title ?? `请求失败(${response.status})`, body);
};

const request = async <T>(path: string, init: RequestInit = {}): Promise<T> => {
  const response = await fetch(`/api${path}`, { credentials: 'same-origin', ...init });
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
};

const write = <T>(path: string, body: unknown = {}, idempotencyKey: string = newKey()): Promise<T> =>
  request<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey, 'x-hengji-csrf': '1' },
    body: JSON.stringify(body),
  });

/** crypto.randomUUID needs a secure context; government networks often have plain http. */
export const newKey = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

const query = (parameters: Readonly<Record<string, string | undefined>>): string => {
  const set = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '');
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`;
};

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
  lift: (id: string, reason: string, key: string) => write<OrderJson>(`/orders/${id}/lift`, { reason }, key),
  retryRow: (id: string, row: number) => write<OrderJson>(`/orders/${id}/rows/${row}/retry`),
  messages: (filters: { orderId?: string; state?: string; after?: string }) =>
    request<List<Json<AgencyMessage>>>(`/messages${query({ ...filters, limit: '20' })}`),
  retryMessage: (id: string) => write<Json<AgencyMessage>>(`/messages/${id}/retry`),
  parked: () => request<{ services: ParkedOfService[] }>('/parked'),
  replay: (service: string, topic: string, key: string) =>
    write<{ handled: number; stillParked: number; reason: string }>(`/parked/${service}/replay`, { topic, key }),
  publicCertificate: (number: string) => request<PublicAnswer>(`/public/certificates/${encodeURIComponent(number)}`),
  publicDirectory: (search: string, after?: string) =>
    request<List<InstitutionJson>>(`/public/directory${query({ search, after, limit: '20' })}`),
  publicNotices: () => request<List<Json<PublicNotice>>>('/public/notices'),
};
