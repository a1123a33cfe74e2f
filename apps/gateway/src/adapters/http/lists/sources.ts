// Which service owns each list, and how the gateway calls that service. The call carries the person; the service narrows the list to the
// person's territory. The earlier fields are also sent, for a service of an older version without queries.
import { LISTS, type ListName, type ListSpec } from '@hengji/contracts/lists';
import { DecisionNotice } from '@hengji/contracts/approval/v1/decision_notice_service';
import { Institution, PublicNotice } from '@hengji/contracts/approval/v1/approval';
import { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import { Case, Deadline, DeadlineState } from '@hengji/contracts/enforcement/v1/case';
import { Order, type ListOrderNumbersResponse_NamedOrder as NamedOrder } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Plan, Result } from '@hengji/contracts/exam/v1/exam';
import { AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import { Remedy } from '@hengji/contracts/enforcement/v1/remedy';
import type { InstitutionPlace, ListQuery, ListTotal } from '@hengji/contracts/meta/v1/list';
import { Act } from '@hengji/contracts/procedure/v1/acts_service';
import { Payment, Recovery } from '@hengji/contracts/subsidy/v1/subsidy';
import type { Place, Role } from '@hengji/province';
import { maySeeDeadline, maySeeOrder, reaches, type Person } from '../../../domain/access';
import { isAway, LONG_CALL, type Neighbours, type ParkingServiceName } from '../../clients/neighbours';
import { countedListOf, type Answer, type CountedList } from '../answers';
import { OVERSEERS, READERS, WATCH_EXCHANGE } from '../role-lists';
import { listActs } from './acts';

/** The answer of the service: its rows, under the field name of its response. */
interface Answered {
  readonly next: string;
  readonly total?: ListTotal | undefined;
  readonly institutions?: unknown;
}

export interface Asked {
  readonly person: Person;
  readonly query: ListQuery;
}

/** A list in the form that the routes and the export use, for any type of row. */
export interface Source {
  readonly spec: ListSpec;
  /** The service that owns the rows; this service stores the act of each export. */
  readonly service: ParkingServiceName;
  readonly roles: readonly Role[];
  readonly answers: Answer<CountedList<object>>;
  /** One page of the rows that the person may see. */
  readonly read: (neighbours: Neighbours, asked: Asked) => Promise<CountedList<object>>;
}

interface Row<M> {
  readonly spec: ListSpec;
  readonly service: ParkingServiceName;
  readonly codec: { readonly $type: string; fromPartial(empty: Record<never, never>): M };
  readonly roles?: readonly Role[];
  readonly ask: (neighbours: Neighbours, request: Request) => Promise<readonly [rows: M[], answered: Answered]>;
  /** The institution and authority of a row; without this function everybody may see the rows. */
  readonly placeOf?: (row: M, authorityOf: (institution: string) => string) => Place;
  readonly isShown?: (person: Person, row: M) => boolean;
  /** The id of the order that a row names; empty where a row names none. */
  readonly orderOf?: (row: M) => string;
}

type Request = ReturnType<typeof requestOf>;

const requestOf = ({ person, query }: Asked) => ({
  actor: person,
  query,
  institution: query.filters.find(({ field }) => field === 'institution')?.values[0] ?? '',
  page: { after: query.cursor, limit: query.limit },
});

const placesIn = ({ institutions }: Answered): InstitutionPlace[] => (institutions ?? []) as InstitutionPlace[];

/** The document numbers of the orders; when enforcement does not answer, the list shows order ids. */
export const numbersOf = async (
  { enforcement }: Neighbours,
  { person }: Pick<Asked, 'person'>,
  ids: readonly string[],
): Promise<NamedOrder[]> => {
  const orderIds = [...new Set(ids)].filter((id) => id !== '');
  if (orderIds.length === 0) return [];
  try {
    return (await enforcement.listOrderNumbers({ actor: person, orderIds })).orders;
  } catch (failure) {
    if (isAway(failure)) return [];
    throw failure;
  }
};

/** The service has narrowed the list. The gateway filters the rows once more, also for a service of an older version without queries. */
const source = <M extends object>({ spec, service, codec, roles = READERS, ask, placeOf, isShown, orderOf }: Row<M>): Source => ({
  spec,
  service,
  roles,
  answers: countedListOf(codec) as Answer<CountedList<object>>,
  read: async (neighbours, asked) => {
    const [rows, answered] = await ask(neighbours, requestOf(asked));
    const places = placesIn(answered);
    const authorities = new Map(places.map(({ code, authority }) => [code, authority]));
    const isReached = (row: M): boolean =>
      !placeOf ||
      asked.person.role === 'OPERATOR' ||
      reaches(
        asked.person,
        placeOf(row, (code) => authorities.get(code) ?? ''),
      );
    const items = rows.filter((row) => isReached(row) && (isShown?.(asked.person, row) ?? true));
    const orders = orderOf ? await numbersOf(neighbours, asked, items.map(orderOf)) : [];
    return { items, next: answered.next, total: answered.total, institutions: places, orders };
  },
});

const ofInstitution = ({ institution }: { readonly institution: string }, authorityOf: (code: string) => string): Place => ({
  institution,
  authority: authorityOf(institution),
});

export const SOURCES = {
  institutions: source({
    spec: LISTS.institutions,
    service: 'approval',
    codec: Institution,
    ask: async ({ approval }, { actor, query, page }) => {
      const answer = await approval.listInstitutions({ actor, query, page, authority: actor.authority, search: query.search }, LONG_CALL);
      return [answer.institutions, { next: answer.next, total: answer.total }];
    },
    placeOf: ({ code, authority }) => ({ institution: code, authority }),
  }),
  notices: source({
    spec: LISTS.notices,
    service: 'approval',
    codec: PublicNotice,
    ask: async ({ approval }, { query, institution, page }) => {
      const answer = await approval.listNotices({ query, institution, page }, LONG_CALL);
      return [answer.notices, answer];
    },
  }),
  decisions: source({
    spec: LISTS.decisions,
    service: 'approval',
    codec: DecisionNotice,
    ask: async ({ decisionNotices }, { query }) => {
      const answer = await decisionNotices.listDecisionNotices({ query }, LONG_CALL);
      return [answer.notices, answer];
    },
  }),
  plans: source({
    spec: LISTS.plans,
    service: 'exam',
    codec: Plan,
    ask: async ({ exam }, request) => {
      const answer = await exam.listPlans(request, LONG_CALL);
      return [answer.plans, answer];
    },
    placeOf: ofInstitution,
  }),
  results: source({
    spec: LISTS.results,
    service: 'exam',
    codec: Result,
    ask: async ({ exam }, request) => {
      const answer = await exam.listResults(request, LONG_CALL);
      return [answer.results, answer];
    },
    placeOf: ofInstitution,
  }),
  certificates: source({
    spec: LISTS.certificates,
    service: 'certificate',
    codec: Certificate,
    ask: async ({ certificate }, request) => {
      const answer = await certificate.listCertificates(request, LONG_CALL);
      return [answer.certificates, answer];
    },
    placeOf: ofInstitution,
  }),
  payments: source({
    spec: LISTS.payments,
    service: 'subsidy',
    codec: Payment,
    ask: async ({ subsidy }, request) => {
      const answer = await subsidy.listPayments(request, LONG_CALL);
      return [answer.payments, answer];
    },
    placeOf: ofInstitution,
  }),
  recoveries: source({
    spec: LISTS.recoveries,
    service: 'subsidy',
    codec: Recovery,
    ask: async ({ subsidy }, request) => {
      const answer = await subsidy.listRecoveries(request, LONG_CALL);
      return [answer.recoveries, answer];
    },
    // A subsidy service of the version before names the debtor only.
    placeOf: ({ institution, debtor }, authorityOf) => ofInstitution({ institution: institution || debtor }, authorityOf),
    orderOf: ({ orderId }) => orderId,
  }),
  messages: source({
    spec: LISTS.messages,
    service: 'exchange',
    codec: AgencyMessage,
    roles: WATCH_EXCHANGE,
    ask: async ({ exchange }, { actor, query, page }) => {
      const answer = await exchange.listMessages({ actor, query, page }, LONG_CALL);
      return [answer.messages, answer];
    },
    placeOf: ofInstitution,
    orderOf: ({ orderId }) => orderId,
  }),
  orders: source({
    spec: LISTS.orders,
    service: 'enforcement',
    codec: Order,
    ask: async ({ enforcement }, request) => {
      const answer = await enforcement.listOrders(request, LONG_CALL);
      return [answer.orders, answer];
    },
    placeOf: ({ scope, authority }) => ({ institution: scope?.institution ?? '', authority }),
    isShown: (person, { state }) => maySeeOrder(person, state),
  }),
  cases: source({
    spec: LISTS.cases,
    service: 'enforcement',
    codec: Case,
    ask: async ({ enforcementCases }, request) => {
      const answer = await enforcementCases.listCases(request, LONG_CALL);
      return [answer.cases, answer];
    },
    placeOf: ({ institution, authority }) => ({ institution, authority }),
  }),
  // An act may concern no institution, so each service decides which acts are in the territory. One service stores the act of exporting all
  // acts.
  acts: source({ spec: LISTS.acts, service: 'enforcement', codec: Act, roles: OVERSEERS, ask: listActs }),
  deadlines: source({
    spec: LISTS.deadlines,
    service: 'enforcement',
    codec: Deadline,
    ask: async ({ enforcementCases }, { actor, query, page }) => {
      const answer = await enforcementCases.listDeadlines({ actor, query, page, state: DeadlineState.UNSPECIFIED, caseId: '' }, LONG_CALL);
      return [answer.deadlines, answer];
    },
    placeOf: ({ institution, authority }) => ({ institution, authority }),
    isShown: (person, { code }) => maySeeDeadline(person, code),
  }),
  remedies: source({
    spec: LISTS.remedies,
    service: 'enforcement',
    codec: Remedy,
    ask: async ({ enforcementRemedies }, { actor, query }) => {
      const answer = await enforcementRemedies.listRemedies({ actor, query }, LONG_CALL);
      return [answer.remedies, answer];
    },
    placeOf: ({ institution, authority }) => ({ institution, authority }),
  }),
} as const satisfies Record<ListName, Source>;
