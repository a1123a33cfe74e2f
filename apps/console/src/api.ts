// The console's requests about institutions, orders and operations. Requests about cases are in case-api.ts.
import { type Answers, type Body, answerOf, asFile, client, done, keyed, said, written } from './http';

export type OrderJson = Answers['Order'];
export type LeftJson = Answers['ListLeftRecordsResponse_LeftItem'];
export type DriftedJson = Answers['PreviewDriftResponse_DriftedRow'];
export type InstitutionJson = Answers['Institution'];
export type ServiceName = Answers['ParkedOfService']['service'];
export type UsccCheckJson = Answers['UsccCheck'];
export type DraftBody = Body<'/api/orders'>;
/** A lifting of the whole order has neither scope nor measures. */
export type LiftBody = Body<'/api/orders/{id}/lift'>;

const LIMIT = '20';
const LONG_LIMIT = '50';

const on = (id: string, key?: string) => ({ path: { id }, header: keyed(key) });

export const api = {
  me: () => answerOf(client.GET('/api/me')),
  signOut: () => done(client.POST('/api/sign-out', { params: { header: keyed() }, body: {} })),
  institution: (code: string) => answerOf(client.GET('/api/institutions/{code}', { params: { path: { code } } })),
  counts: (code: string) => answerOf(client.GET('/api/institutions/{code}/counts', { params: { path: { code } } })),
  recovery: (id: string) => answerOf(client.GET('/api/recoveries/{id}', { params: { path: { id } } })),
  order: (id: string) => answerOf(client.GET('/api/orders/{id}', { params: { path: { id } } })),
  draft: (body: DraftBody, key: string) => written(client.POST('/api/orders', { params: { header: keyed(key) }, body })),
  /** Writes nothing: a repeat needs no key. */
  checkNumbers: (body: Body<'/api/orders/numbers'>) => answerOf(client.POST('/api/orders/numbers', { params: { header: keyed() }, body })),
  preview: (id: string) => written(client.POST('/api/orders/{id}/preview', { params: on(id), body: {} })),
  editDraft: (id: string, body: Body<'/api/orders/{id}/edit'>, key: string) =>
    written(client.POST('/api/orders/{id}/edit', { params: on(id, key), body })),
  discardDraft: (id: string, body: Body<'/api/orders/{id}/discard'>, key: string) =>
    written(client.POST('/api/orders/{id}/discard', { params: on(id, key), body })),
  /** Writes nothing: a repeat needs no key. */
  previewSuperseding: (id: string, body: Body<'/api/orders/{id}/superseding'>) =>
    answerOf(client.POST('/api/orders/{id}/superseding', { params: on(id), body })),
  draftVersions: (id: string) => answerOf(client.GET('/api/orders/{id}/versions', { params: { path: { id } } })),
  sign: (id: string, revision: number, key: string) =>
    written(client.POST('/api/orders/{id}/sign', { params: on(id, key), body: { revision } })),
  lift: (id: string, body: LiftBody, key: string) => written(client.POST('/api/orders/{id}/lift', { params: on(id, key), body })),
  drift: (id: string) => answerOf(client.GET('/api/orders/{id}/drift', { params: { path: { id } } })),
  confirmDrift: (id: string, seen: { row: number; root: string }[], key: string) =>
    written(client.POST('/api/orders/{id}/confirm-drift', { params: on(id, key), body: { seen } })),
  sweep: (id: string) => written(client.POST('/api/orders/{id}/sweep', { params: on(id), body: {} })),
  suspend: (id: string, reason: string, key: string) =>
    written(client.POST('/api/orders/{id}/suspend', { params: on(id, key), body: { reason } })),
  resume: (id: string, reason: string, key: string) =>
    written(client.POST('/api/orders/{id}/resume', { params: on(id, key), body: { reason } })),
  left: (id: string, after?: string) =>
    answerOf(client.GET('/api/orders/{id}/left', { params: { path: { id }, query: said({ after, limit: LIMIT }) } })),
  decideLeft: (id: string, body: Body<'/api/orders/{id}/left'>, key: string) =>
    written(client.POST('/api/orders/{id}/left', { params: on(id, key), body })),
  retryRow: (id: string, row: number) =>
    written(client.POST('/api/orders/{id}/rows/{row}/retry', { params: { path: { id, row: String(row) }, header: keyed() }, body: {} })),
  lookUpPerson: (body: Body<'/api/people/search'>, key: string) =>
    written(client.POST('/api/people/search', { params: { header: keyed(key) }, body })),
  retryMessage: (id: string) => written(client.POST('/api/messages/{id}/retry', { params: on(id), body: {} })),
  services: () => answerOf(client.GET('/api/services')),
  parked: () => answerOf(client.GET('/api/parked')),
  parkedOf: (service: ServiceName, after?: string) =>
    answerOf(client.GET('/api/parked/{service}', { params: { path: { service }, query: said({ after, limit: LONG_LIMIT }) } })),
  gapsOf: (service: ServiceName, after?: string) =>
    answerOf(client.GET('/api/parked/{service}/gaps', { params: { path: { service }, query: said({ after, limit: LONG_LIMIT }) } })),
  replay: (service: ServiceName, topic: string, key: string) =>
    written(client.POST('/api/parked/{service}/replay', { params: { path: { service }, header: keyed() }, body: { topic, key } })),
  parkedMessage: (service: ServiceName, parked: string) =>
    answerOf(client.GET('/api/parked/{service}/messages/{parked}', { params: { path: { service, parked } } })),
  replayMessage: (service: ServiceName, parked: string) =>
    written(
      client.POST('/api/parked/{service}/messages/{parked}/replay', { params: { path: { service, parked }, header: keyed() }, body: {} }),
    ),
  proposeDiscard: (service: ServiceName, parked: string, said: { reason: string; key: string }) =>
    written(
      client.POST('/api/parked/{service}/messages/{parked}/discard', {
        params: { path: { service, parked }, header: keyed(said.key) },
        body: { reason: said.reason },
      }),
    ),
  confirmDiscard: (service: ServiceName, parked: string, version: string) =>
    written(
      client.POST('/api/parked/{service}/messages/{parked}/discard/confirm', {
        params: { path: { service, parked }, header: keyed() },
        body: { version },
      }),
    ),
  parkedGroups: (service: ServiceName) => answerOf(client.GET('/api/parked/{service}/groups', { params: { path: { service } } })),
  proposeGroupDiscard: (service: ServiceName, body: Body<'/api/parked/{service}/groups/discard'>, key: string) =>
    written(client.POST('/api/parked/{service}/groups/discard', { params: { path: { service }, header: keyed(key) }, body })),
  confirmGroupDiscard: (service: ServiceName, group: string, digest: string) =>
    written(
      client.POST('/api/parked/{service}/groups/{group}/discard/confirm', {
        params: { path: { service, group }, header: keyed() },
        body: { digest },
      }),
    ),
  calendar: () => answerOf(client.GET('/api/calendar')),
  proposeYear: (body: Body<'/api/calendar'>, key: string) =>
    written(client.POST('/api/calendar', { params: { header: keyed(key) }, body })),
  confirmYear: (body: Body<'/api/calendar/confirm'>) =>
    written(client.POST('/api/calendar/confirm', { params: { header: keyed() }, body })),
  parameters: () => answerOf(client.GET('/api/parameters')),
  proposeParameter: (body: Body<'/api/parameters'>, key: string) =>
    written(client.POST('/api/parameters', { params: { header: keyed(key) }, body })),
  confirmParameter: (body: Body<'/api/parameters/confirm'>) =>
    written(client.POST('/api/parameters/confirm', { params: { header: keyed() }, body })),
  usccChecks: () => answerOf(client.GET('/api/uscc-checks')),
  proposeUsccCheck: (said: { uscc: string; institution: string; reason: string }, licence: File, key: string) =>
    written(
      client.POST('/api/uscc-checks', { params: { header: keyed(key), query: { ...said, name: licence.name } }, ...asFile(licence) }),
    ),
  confirmUsccCheck: (body: Body<'/api/uscc-checks/confirm'>) =>
    written(client.POST('/api/uscc-checks/confirm', { params: { header: keyed() }, body })),
  refuseUsccCheck: (body: Body<'/api/uscc-checks/refuse'>, key: string) =>
    written(client.POST('/api/uscc-checks/refuse', { params: { header: keyed(key) }, body })),
  publicCertificate: (number: string, name: string) =>
    answerOf(client.GET('/api/public/certificates/{number}', { params: { path: { number }, query: said({ name }) } })),
  publicDirectory: (search: string, after?: string) =>
    answerOf(client.GET('/api/public/directory', { params: { query: said({ search, after, limit: LIMIT }) } })),
  decisionNotices: (asked: { search: string; authority?: string; publishedAtFrom?: string; publishedAtUntil?: string; after?: string }) =>
    answerOf(client.GET('/api/public/decisions', { params: { query: said({ ...asked, limit: LIMIT }) } })),
  decisionNotice: (id: string) => answerOf(client.GET('/api/public/decisions/{id}', { params: { path: { id } } })),
  noticeEntries: (id: string, page: number) =>
    answerOf(client.GET('/api/public/decisions/{id}/entries', { params: { path: { id }, query: { page: String(page) } } })),
  publicNotices: () => answerOf(client.GET('/api/public/notices')),
};

/** The address of the document of a public notice, for links. */
export const noticePdf = (id: string): string => `/api/public/decisions/${encodeURIComponent(id)}/pdf`;

/** The address of the scan of a licence, for links. */
export const licenceOf = ({ institution, uscc, version }: Pick<UsccCheckJson, 'institution' | 'uscc' | 'version'>): string =>
  `/api/uscc-checks/${institution}/${uscc}/${version}/licence`;
