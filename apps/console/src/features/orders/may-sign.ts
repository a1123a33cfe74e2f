// Why this person cannot sign the order now, said before the button is pressed: the same gates and people that enforcement looks
// at in the transaction that signs (rules §7.9). Where the file is not there yet, enforcement alone says it.
import type { CaseJson } from '../../case-api';
import type { OrderJson } from '../../api';

type Draft = Pick<OrderJson, 'orderId' | 'draftedBy' | 'interim' | 'measures'>;
type File = Pick<CaseJson, 'orderIds' | 'gates' | 'decider' | 'verifiers' | 'legalChecker' | 'entries'>;

/** A case shows the gates of its newest draft; those of an earlier one are not known here. */
export const gatesOfDraft = (order: Pick<Draft, 'orderId'>, file: Pick<File, 'orderIds' | 'gates'> | undefined): File['gates'] =>
  file !== undefined && file.orderIds.at(-1) === order.orderId ? file.gates : [];

/** Who alone may sign, and what is said to the others; nobody in particular for a stop ahead of the decision. */
const signerOf = (order: Draft, file: File): { id: string; message: string } | undefined => {
  if (order.interim) return undefined;
  if (order.measures.some((measure) => measure.startsWith('TRANSFER_'))) {
    const approver = file.entries.findLast((entry) => entry.step === 'APPROVE_TRANSFER')?.by ?? '';
    return { id: approver, message: '移送须由批准移送的负责人签发' };
  }
  return { id: file.decider, message: '处理决定须由作出决定的负责人签发' };
};

export const signObstacle = (order: Draft, file: File | undefined, me: string): string | undefined => {
  if (order.draftedBy === me) return '起草人不得签发';
  if (file === undefined) return undefined;
  const closed = gatesOfDraft(order, file).find((gate) => !gate.open);
  if (closed !== undefined) return `“${closed.title}”未满足：${closed.missing}`;
  if (file.verifiers.includes(me) || file.legalChecker === me) return '核查人员和法制审核人员不得签发';
  const signer = signerOf(order, file);
  return signer === undefined || signer.id === me ? undefined : signer.message;
};
