// The public notice when its decision is lifted (解除), in the transaction of the lifting. A whole lifting withdraws the notice at once. A lifting
// of a part makes it wrong: D-PEN-WITHDRAW-PUB runs until an officer amends or withdraws it (行政处罚法 §48).
import { moveLimits, type Limits } from '@hengji/procedure';
import { isOver } from '../../domain/cases/record';
import { decideNoticeLifted } from '../../domain/cases/take-step';
import { kindOf, type Lifting, type Order } from '../../domain/order';
import { liftingReason } from '../../domain/publicity/notice';
import type { Cases } from '../cases/ports';
import type { Notices } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'update'>;
  readonly notices: Pick<Notices<Tx>, 'withdraw'>;
  readonly deadlines: Limits<Tx>;
  readonly now: () => Date;
}

const CODE = 'D-PEN-WITHDRAW-PUB';
const NOTHING = { starts: [], meets: [], cancels: [] } as const;

/** A limit that runs since an earlier change keeps its beginning. */
const startOnce = async <Tx>({ deadlines }: Deps<Tx>, tx: Tx, fileId: string): Promise<readonly string[]> => {
  const isRunning = (await deadlines.ofFile(tx, fileId)).some(
    ({ code, state }) => code === CODE && state !== 'MET' && state !== 'CANCELLED',
  );
  return isRunning ? [] : [CODE];
};

export const followLifting =
  <Tx>(deps: Deps<Tx>) =>
  async (tx: Tx, order: Order, lifting: Lifting): Promise<void> => {
    if (kindOf(order) !== 'final') return;
    const { cases, notices, deadlines, now } = deps;
    const at = now();
    const reason = liftingReason(lifting);
    let standing = '';
    const theCase = await cases.update(tx, order.caseId, (before) => {
      standing = before.publicNotice?.number ?? '';
      return decideNoticeLifted(before, lifting.whole, { reason, now: at });
    });
    if (standing !== '') {
      const starts = await startOnce(deps, tx, theCase.id);
      await moveLimits(deadlines, tx, theCase, { ...NOTHING, starts, now: at, isOver: isOver(theCase) });
      if (lifting.whole) await notices.withdraw(tx, theCase.id, standing, { at, reason, replacedBy: '' });
    }
    if (!lifting.whole) return;
    await moveLimits(deadlines, tx, theCase, {
      starts: [],
      meets: [CODE],
      cancels: ['D-DECISION-PUBLIC'],
      now: at,
      isOver: isOver(theCase),
    });
  };
