// What the public will read of a decision (公示预览), before it is published; and the list of the notice, which is read from certificate before
// the transaction of the step.
import { createHash } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import type { Case } from '../../domain/cases/case';
import { checkTaker } from '../../domain/cases/take-step';
import type { Actor } from '../../domain/competence';
import type { Order } from '../../domain/order';
import {
  checkChoice,
  composeNotice,
  faultsOf,
  hasList,
  isPublishing,
  reinstated,
  type NoticeAsked,
  type NoticeChoice,
  type NoticeContent,
  type NoticeFault,
} from '../../domain/publicity/notice';
import type { StepAsked } from '../../domain/cases/terms';
import type { Cases } from '../cases/ports';
import type { Orders, Transactions } from '../ports';
import type { Holders, ReceiversOf } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'get'>;
  readonly orders: Pick<Orders<Tx>, 'get'>;
  readonly holders: Holders;
  readonly transactions: Pick<Transactions<Tx>, 'run'>;
  readonly receiversOf: ReceiversOf<Tx>;
}

/** SHA-256 (hex) over what the public reads: the officer publishes what he has seen. */
export const seenOf = ({ text, entries }: NoticeContent): string =>
  createHash('sha256')
    .update(JSON.stringify([text, entries]))
    .digest('hex');

const readList = async <Tx>({ holders }: Pick<Deps<Tx>, 'holders'>, order: Order, choice: NoticeChoice): Promise<NoticeAsked> => ({
  choice,
  liftings: order.liftings.length,
  entries: hasList(order, choice) ? await holders.list(order.scope, reinstated(order)) : [],
});

/** The step with the list of its notice; other steps as they are. Refuses as `checkChoice` and `Holders.list`. */
export const withList =
  <Tx>(deps: Pick<Deps<Tx>, 'cases' | 'orders' | 'holders'>) =>
  async <A extends StepAsked & { readonly caseId: string }>(asked: A, choice: NoticeChoice): Promise<A> => {
    if (!isPublishing(asked.step)) return asked;
    const { decision } = await deps.cases.get(asked.caseId);
    // Without a decision the table of steps refuses the step.
    if (!decision) return asked;
    checkChoice(choice);
    return { ...asked, notice: await readList(deps, await deps.orders.get(decision.orderId), choice) };
  };

const decisionOf = ({ decision }: Case): string => {
  if (decision) return decision.orderId;
  throw new Refusal('illegalMove', 'case.illegal_move', '尚未作出处理决定，没有可以公示的内容', { field: 'case_id', rule: 'rules §7.9' });
};

export interface Previewed extends NoticeContent {
  readonly faults: readonly NoticeFault[];
  readonly seen: string;
}

/**
 * Exactly what would be published, without its number. Refuses `case.unknown`, `case.out_of_territory`, `case.role_forbidden`,
 * `case.illegal_move`, and as `composeNotice` and `Holders.list`.
 */
export const previewNotice =
  <Tx>(deps: Deps<Tx>) =>
  async (caseId: string, actor: Actor, choice: NoticeChoice): Promise<Previewed> => {
    const theCase = await deps.cases.get(caseId);
    checkTaker(theCase, 'PUBLISH', actor);
    const order = await deps.orders.get(decisionOf(theCase));
    checkChoice(choice);
    const { entries } = await readList(deps, order, choice);
    const content = composeNotice(theCase, order, { choice, entries, replaces: theCase.publicNotice?.number ?? '' });
    const receivers = await deps.transactions.run((tx) => deps.receiversOf(tx, caseId));
    return { ...content, faults: faultsOf(theCase, content.text, { receivers, notNames: choice.notNames }), seen: seenOf(content) };
  };
