// The only territory check. For each kind of record: how it is read and where it is. A route names its territory. Before the handler runs,
// the named record is read and its place is compared with the person's reach. The handler gets the record and does not read it again.
import type { Refusal } from '@hengji/domain-kit';
import type { Place } from '@hengji/province';
import { checkReach, maySeeOrder, type Person } from '../../domain/access';
import type { Neighbours } from '../clients/neighbours';
import { knownCase, knownDocument, knownInstitution, knownOrder, knownRecovery, knownRemedy, unknownDocument, unknownOrder } from './known';
import type { Kind, Reached, RouteDeps, Territory, Things } from './route';

interface Resolver<Thing> {
  /** The record in the form that the person may read; refuses `<kind>.unknown`, also for a person who may not know of the record yet. */
  load(neighbours: Neighbours, person: Person, id: string): Promise<Thing>;
  /** A record that another authority took over stays readable for the authority of the filing: it has two places. */
  places(thing: Thing): readonly Place[];
  /** The refusal of a record that is inside the territory but still hidden. */
  hidden?(thing: Thing): Refusal | undefined;
}

/** `filedWith` is empty in answers of a service of the version before. */
const placesOf = (institution: string, { authority, filedWith }: { authority: string; filedWith: string }): Place[] =>
  [authority, filedWith].filter((one) => one !== '').map((one) => ({ institution, authority: one }));

/** Kind → load → places. */
export const RESOLVERS: { readonly [K in Kind]: Resolver<Things[K]> } = {
  institution: {
    load: async ({ approval }, _, code) => knownInstitution(await approval.getInstitution({ code })),
    places: ({ code, authority }) => [{ institution: code, authority }],
  },
  order: {
    load: async ({ enforcement }, person, orderId) => {
      const order = knownOrder(await enforcement.getOrder({ actor: person, orderId }));
      if (!maySeeOrder(person, order.state)) throw unknownOrder();
      return order;
    },
    places: ({ scope, ...of }) => placesOf(scope?.institution ?? '', of),
  },
  case: {
    load: async ({ enforcementCases }, person, caseId) => knownCase(await enforcementCases.getCase({ actor: person, caseId })),
    places: ({ institution, ...of }) => placesOf(institution, of),
  },
  // Where the place of its institution is not known yet, only the province and the institution itself read a recovery, as in the list.
  recovery: {
    load: async ({ subsidy }, _, recoveryId) => knownRecovery(await subsidy.getRecovery({ recoveryId })),
    places: ({ recovery, institution }) => [{ institution: recovery.institution, authority: institution?.authority ?? '' }],
  },
  remedy: {
    load: async ({ enforcementRemedies }, person, remedyId) =>
      knownRemedy(await enforcementRemedies.getRemedy({ actor: person, remedyId })),
    places: ({ institution, authority }) => [{ institution, authority }],
  },
  // A document is in the territory of its case, and everyone who sees it in the case may read it.
  document: {
    load: async (neighbours, person, documentId) => {
      const answer = await neighbours.enforcementCases.getDocument({ actor: person, documentId });
      const document = knownDocument(answer);
      return { document, pdf: answer.pdf, ofCase: await RESOLVERS.case.load(neighbours, person, document.caseId) };
    },
    places: ({ ofCase }) => RESOLVERS.case.places(ofCase),
    hidden: ({ document, ofCase }) =>
      ofCase.documents.some(({ documentId }) => documentId === document.documentId) ? undefined : unknownDocument(),
  },
};

interface Target {
  readonly params: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}

interface Named {
  readonly kind: Kind;
  readonly id: (target: Target) => unknown;
}

/** Where a route's territory gives the name of the record; undefined where a route names none. */
const NAMED = {
  'institution in path': { kind: 'institution', id: ({ params }) => params['code'] },
  'institution in scope': { kind: 'institution', id: ({ body }) => (body['scope'] as { institution: string }).institution },
  'institution in body': { kind: 'institution', id: ({ body }) => body['institution'] },
  'order in path': { kind: 'order', id: ({ params }) => params['id'] },
  'case in path': { kind: 'case', id: ({ params }) => params['id'] },
  'document in path': { kind: 'document', id: ({ params }) => params['id'] },
  'recovery in path': { kind: 'recovery', id: ({ params }) => params['id'] },
  'remedy in path': { kind: 'remedy', id: ({ params }) => params['id'] },
  'narrowed list': undefined,
  none: undefined,
} as const satisfies Record<Territory, Named | undefined>;

const reachKind = async <K extends Kind>({ neighbours }: RouteDeps, person: Person, kind: K, id: string): Promise<Reached> => {
  const resolver: Resolver<Things[K]> = RESOLVERS[kind];
  const thing = await resolver.load(neighbours, person, id);
  checkReach(person, resolver.places(thing));
  const hidden = resolver.hidden?.(thing);
  if (hidden) throw hidden;
  return { [kind]: thing };
};

/** Reads the record that the request names and refuses `territory.outside`; reads nothing where the territory names no record. */
export const reach = async (deps: RouteDeps, person: Person, territory: Territory, target: Target): Promise<Reached> => {
  const named: Named | undefined = NAMED[territory];
  return named === undefined ? {} : reachKind(deps, person, named.kind, String(named.id(target)));
};
