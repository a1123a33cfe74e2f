// Territory, once. Of each kind of thing: how it is read and where it is. A route names its territory; what is reached for is read and
// its place compared with the person's reach before the handler runs, which gets it and asks for it no second time.
import type { Refusal } from '@hengji/domain-kit';
import type { Place } from '@hengji/province';
import { checkReach, maySeeOrder, type Person } from '../../domain/access';
import type { Neighbours } from '../clients/neighbours';
import { knownCase, knownDocument, knownInstitution, knownOrder, unknownDocument, unknownOrder } from './known';
import type { Kind, Reached, RouteDeps, Territory, Things } from './route';

interface Resolver<Thing> {
  /** The thing as the person may read it; refuses `<kind>.unknown`, also for those who may not know of it yet. */
  load(neighbours: Neighbours, person: Person, id: string): Promise<Thing>;
  place(thing: Thing): Place;
  /** What is refused within reach all the same. */
  hidden?(thing: Thing): Refusal | undefined;
}

/** Kind → load → place. */
export const RESOLVERS: { readonly [K in Kind]: Resolver<Things[K]> } = {
  institution: {
    load: async ({ approval }, _, code) => knownInstitution(await approval.getInstitution({ code })),
    place: ({ code, authority }) => ({ institution: code, authority }),
  },
  order: {
    load: async ({ enforcement }, person, orderId) => {
      const order = knownOrder(await enforcement.getOrder({ actor: person, orderId }));
      if (!maySeeOrder(person, order.state)) throw unknownOrder();
      return order;
    },
    place: ({ scope, authority }) => ({ institution: scope?.institution ?? '', authority }),
  },
  case: {
    load: async ({ enforcementCases }, person, caseId) => knownCase(await enforcementCases.getCase({ actor: person, caseId })),
    place: ({ institution, authority }) => ({ institution, authority }),
  },
  // A document is where its case is, and is given out to those who see it there.
  document: {
    load: async (neighbours, person, documentId) => {
      const answer = await neighbours.enforcementCases.getDocument({ actor: person, documentId });
      const document = knownDocument(answer);
      return { document, pdf: answer.pdf, ofCase: await RESOLVERS.case.load(neighbours, person, document.caseId) };
    },
    place: ({ ofCase }) => RESOLVERS.case.place(ofCase),
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

/** Where a route's territory names the thing; undefined where nothing is reached for by name. */
const NAMED = {
  'institution in path': { kind: 'institution', id: ({ params }) => params['code'] },
  'institution in scope': { kind: 'institution', id: ({ body }) => (body['scope'] as { institution: string }).institution },
  'institution in body': { kind: 'institution', id: ({ body }) => body['institution'] },
  'order in path': { kind: 'order', id: ({ params }) => params['id'] },
  'case in path': { kind: 'case', id: ({ params }) => params['id'] },
  'document in path': { kind: 'document', id: ({ params }) => params['id'] },
  'narrowed list': undefined,
  none: undefined,
} as const satisfies Record<Territory, Named | undefined>;

const reachKind = async <K extends Kind>({ neighbours }: RouteDeps, person: Person, kind: K, id: string): Promise<Reached> => {
  const resolver: Resolver<Things[K]> = RESOLVERS[kind];
  const thing = await resolver.load(neighbours, person, id);
  checkReach(person, resolver.place(thing));
  const hidden = resolver.hidden?.(thing);
  if (hidden) throw hidden;
  return { [kind]: thing };
};

/** Reads what the request reaches for and refuses `territory.outside`; nothing is read where the territory names nothing. */
export const reach = async (deps: RouteDeps, person: Person, territory: Territory, target: Target): Promise<Reached> => {
  const named: Named | undefined = NAMED[territory];
  return named === undefined ? {} : reachKind(deps, person, named.kind, String(named.id(target)));
};
