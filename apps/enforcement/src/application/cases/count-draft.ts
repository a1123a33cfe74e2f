// What the draft of a notice or of a decision reaches, asked of the services before the transaction of the step: nothing remote is called in a
// transaction. The transaction checks that the draft is still the version that was counted.
import { only, type Stage } from '@hengji/procedure';
import type { OrderOfCase } from '../../domain/cases/case';
import { listsHolders, reachOf } from '../../domain/cases/told/reach';
import type { CaseTerms, Counted, StepAsked } from '../../domain/cases/terms';
import { checkRevision } from '../../domain/drafts/discard';
import { isUnsigned } from '../../domain/drafts/draft';
import type { FindOrder } from '../aftermath/ports';
import { askPreviews } from '../ask-previews';
import type { Orders, Participants } from '../ports';
import type { Holders } from '../publicity/ports';
import type { Cases } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'ordersOf'>;
  readonly orders: Pick<Orders<Tx>, 'get'>;
  readonly participants: Participants;
  readonly holders: Holders;
  readonly findOrder: FindOrder<Tx>;
}

/** Where the choice is not clear, the table of steps refuses the step. */
const draftMeant = (orders: readonly OrderOfCase[], orderId: string): OrderOfCase | undefined => {
  const drafts = orders.filter((order) => order.kind === 'final' && isUnsigned(order));
  return orderId === '' && drafts.length > 1 ? undefined : drafts.find(({ id }) => orderId === '' || id === orderId);
};

const count = async <Tx>({ orders, participants, holders }: Deps<Tx>, orderId: string): Promise<Counted> => {
  const order = await orders.get(orderId);
  const reach = reachOf(order.rows, await askPreviews(participants, order));
  const listed = listsHolders(order.measures) ? await holders.whole(order.scope) : [];
  return { orderId, revision: order.revision, reach, holders: listed };
};

/** The step with what its draft reaches; other steps as they are. Refuses as `askPreviews` and `Holders.whole`. */
export const withCount =
  <Tx>(deps: Deps<Tx>) =>
  async <A extends StepAsked & { readonly caseId: string }>(asked: A): Promise<A> => {
    if (asked.step !== 'ISSUE_NOTICE' && asked.step !== 'DECIDE') return asked;
    const draft = draftMeant(await deps.cases.ordersOf(asked.caseId), asked.orderId);
    return draft ? { ...asked, counted: await count(deps, draft.id) } : asked;
  };

/** Refuses `order.draft_changed`: the draft was edited after it was counted. */
export const checkCounted = <Tx>({ findOrder }: Pick<Deps<Tx>, 'findOrder'>): Stage<Tx, CaseTerms> =>
  only(async ({ tx, asked: { counted } }) => {
    if (counted) checkRevision(await findOrder(tx, counted.orderId), counted.revision);
  });
