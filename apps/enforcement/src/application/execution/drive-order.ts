// What carries a signed order on, from whatever point it has reached: ask for the missing fences, issue, and once every
// row has its receipt count what is left. It reads where the order stands and does the next thing; nothing is remembered
// outside the database, so a driver that was killed goes on as if it had only been slow.
import { Refusal } from '@hengji/domain-kit';
import type { Service } from '../../domain/cascade';
import { decideFenced, decideFenceMissed, decideIssueUnfenced, decideSwept, isSweepDue } from '../../domain/execution';
import { fencesDue } from '../../domain/fence';
import { inTurn, type Decision, type Order } from '../../domain/order';
import type { Orders, Participants, Transactions } from '../ports';
import { certifiable } from '../proof/certifiable';
import type { Receipts } from '../proof/ports';
import type { Count } from '../residual/count';

/** What a neighbour did not answer. */
export interface Trouble {
  readonly orderId: string;
  readonly service: Service;
  readonly step: 'fence' | 'residual';
  readonly failure: unknown;
}

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly participants: Pick<Participants, 'fence'>;
  readonly count: Count;
  readonly receipts: Pick<Receipts<Tx>, 'checkStored'>;
  /** How long a signed order waits for fences before it is issued without them. */
  readonly patienceMs: number;
  readonly now: () => Date;
  /** Told of each order that a count may have completed, in the transaction of the count. */
  readonly supersede: (tx: Tx, order: Order) => Promise<void>;
  /** Told what a neighbour did not answer; the ledger shows it too. */
  readonly onTrouble: (trouble: Trouble) => void;
}

const textOf = (failure: unknown): string => (failure instanceof Refusal ? `${failure.reason}：${failure.message}` : '服务内部错误');

type FenceAnswer = { readonly service: Service } & ({ readonly placedAt: Date } | { readonly trouble: string });

const decideAnswer = (order: Order, answer: FenceAnswer, now: Date): Decision =>
  'trouble' in answer
    ? decideFenceMissed(order, answer.service, answer.trouble, now)
    : decideFenced(order, answer.service, answer.placedAt, now);

/** Does for the order what can be done now. Harmless when there is nothing to do, and when another does the same. */
export const driveOrder = <Tx>(deps: Deps<Tx>) => {
  const { orders, transactions, participants, count, patienceMs, now, supersede, onTrouble } = deps;
  const decide = (orderId: string, decision: (order: Order) => Decision): Promise<Order> =>
    transactions.run((tx) => orders.update(tx, orderId, decision));

  const askFence = async (order: Order, service: Service): Promise<FenceAnswer> => {
    try {
      return { service, placedAt: await participants.fence(service, order) };
    } catch (failure) {
      onTrouble({ orderId: order.id, service, step: 'fence', failure });
      return { service, trouble: textOf(failure) };
    }
  };

  /** Each answer is written as it comes; those that come while one is being written are written together. */
  const placeFences = async (order: Order): Promise<void> => {
    const arrived: FenceAnswer[] = [];
    let written: Promise<unknown> = Promise.resolve();
    const write = async (): Promise<void> => {
      const answers = arrived.splice(0);
      if (answers.length > 0)
        await decide(order.id, (current) => inTurn(current, answers, (next, answer) => decideAnswer(next, answer, now())));
    };
    const askAndWrite = async (service: Service): Promise<void> => {
      arrived.push(await askFence(order, service));
      written = written.then(write);
      await written;
    };
    await Promise.all(fencesDue(order.fences, now()).map(askAndWrite));
  };

  const sweep = async (order: Order): Promise<void> => {
    const { residuals, findings } = await count(order);
    const decideSweep = (current: Order): Decision => {
      const at = now();
      return certifiable(deps)(current, decideSwept(current, residuals, findings, at), at);
    };
    await transactions.run(async (tx) => supersede(tx, await orders.update(tx, order.id, decideSweep)));
  };

  return async (orderId: string): Promise<void> => {
    const order = await orders.get(orderId);
    await placeFences(order);
    if (order.state === 'SIGNED') await decide(orderId, (current) => decideIssueUnfenced(current, patienceMs, now()));
    if (isSweepDue(order, now())) await sweep(order);
  };
};
