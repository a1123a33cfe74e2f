// Continues a signed order from any state: request the missing fences, issue the order, and count the residual once every row
// has its receipt. The driver reads the stored order and takes the next step. All state is in the database, so a restarted
// driver continues where the last one stopped.
import { Refusal } from '@hengji/domain-kit';
import type { Service } from '../../domain/cascade';
import { decideFenced, decideFenceMissed, decideIssueUnfenced, decideSwept, isSweepDue } from '../../domain/execution';
import { fencesDue, troubleOf, type Placed } from '../../domain/fence';
import { inTurn, type Decision, type Order } from '../../domain/order';
import type { Attesting, Orders, Participants, Transactions } from '../ports';
import { certifiable, completes } from '../proof/certifiable';
import type { Attestations, Contents, Evidence, Receipts } from '../proof/ports';
import type { Count } from '../residual/count';
import type { Supersede } from '../reversal/supersede-order';

/** A missing or invalid answer of another service; `certificate`: a fault in the stored data. */
export interface Trouble {
  readonly orderId: string;
  readonly service?: Service;
  readonly step: 'fence' | 'residual' | 'certificate';
  readonly failure: unknown;
}

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly participants: Pick<Participants, 'fence'>;
  readonly count: Count;
  readonly receipts: Pick<Receipts<Tx>, 'checkStored'>;
  readonly attestations: Attestations<Tx>;
  readonly evidence: Evidence<Tx>;
  readonly contents: Contents;
  /** How long a signed order waits for fences before the issue without them. */
  readonly patienceMs: number;
  readonly now: () => Date;
  /** Called with each order that a count may have completed, in the transaction of the count. */
  readonly supersede: Supersede<Tx>;
  /** Called with each missing answer of another service; the ledger shows it too. */
  readonly onTrouble: (trouble: Trouble) => void;
}

const textOf = (failure: unknown): string => (failure instanceof Refusal ? troubleOf(failure) : '服务内部错误');

type FenceAnswer = { readonly service: Service } & (Placed | { readonly trouble: string });

const decideAnswer = (order: Order, answer: FenceAnswer, now: Date): Decision =>
  'placedAt' in answer ? decideFenced(order, answer.service, answer, now) : decideFenceMissed(order, answer.service, answer.trouble, now);

/** Takes the steps that are possible now. Without such a step, or beside another driver, the call changes nothing. */
export const driveOrder = <Tx>(deps: Deps<Tx>) => {
  const { orders, transactions, participants, attestations, contents, count, patienceMs, now, supersede, onTrouble } = deps;
  const decide = (orderId: string, decision: (order: Order) => Decision): Promise<Order> =>
    transactions.run((tx) => orders.update(tx, orderId, decision));

  const troubled = (order: Order, service: Service, failure: unknown): { service: Service; trouble: string } => {
    onTrouble({ orderId: order.id, service, step: 'fence', failure });
    return { service, trouble: textOf(failure) };
  };

  /** A placed fence counts even if its signature is missing or invalid. */
  const signedFence = (order: Order, service: Service, fence: Attesting<{ placedAt: Date }>): FenceAnswer => {
    try {
      attestations.checkFence(order, { service, ...fence }, now());
      return { service, ...fence, trouble: '' };
    } catch (failure) {
      return { ...troubled(order, service, failure), placedAt: fence.placedAt, attestation: null };
    }
  };

  const askFence = (order: Order, service: Service): Promise<FenceAnswer> =>
    participants.fence(service, order).then(
      (fence) => signedFence(order, service, fence),
      (failure: unknown) => troubled(order, service, failure),
    );

  /** Each answer is written as it arrives; answers that arrive during a write are written together. */
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
    const { residuals, findings, attested } = await count(order);
    const decided = (current: Order, at: Date): Decision => decideSwept(current, residuals, findings, at);
    // Only a completion is certified, so a count that will be repeated reads no attachments.
    const read = completes(decided(order, now())) ? await contents.read(order, now()) : { altered: [], unread: false };
    await transactions.run(async (tx) => {
      const decideSweep = (current: Order): Promise<Decision> => {
        const at = now();
        return certifiable(deps)(tx, current, { decision: decided(current, at), attested, contents: read }, at);
      };
      await supersede(tx, await orders.update(tx, order.id, decideSweep));
    });
  };

  return async (orderId: string): Promise<void> => {
    const order = await orders.get(orderId);
    await placeFences(order);
    if (order.state === 'SIGNED') await decide(orderId, (current) => decideIssueUnfenced(current, patienceMs, now()));
    if (isSweepDue(order, now())) await sweep(order);
  };
};
