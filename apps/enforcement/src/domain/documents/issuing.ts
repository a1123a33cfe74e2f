// When a person may issue a document that no step issues, and when a person may serve a document without a step.
import { Refusal } from '@hengji/domain-kit';
import type { LimitState } from '@hengji/procedure/tables';
import type { DocumentKind } from '../cases/case';
import type { Order } from '../order';

export interface IssueAsked {
  readonly kind: DocumentKind;
  readonly order: Order;
  /** Kinds of documents that the order already has. */
  readonly issued: readonly DocumentKind[];
  /** The state of D-ENFORCE-APPLY of the case; null if the limit never started. */
  readonly enforcement: LimitState | null;
}

const notDue = (message: string, field = 'kind'): Refusal =>
  new Refusal('illegalMove', 'document.not_due', message, { field, rule: 'rules §7.10 D-ENFORCE-*' });

/**
 * Checks a document that no step issues: 追缴通知书 once the recoveries are open, 催告书 while execution may be applied for.
 * Refuses `document.not_due`.
 */
export const checkIssue = ({ kind, order, issued, enforcement }: IssueAsked): void => {
  if (kind !== 'RECOVERY' && kind !== 'DEMAND') throw notDue('该文书随办案步骤自动生成，不能单独制作');
  const receipt = order.rows.find(({ target, undoesRow }) => target.effect === 'OPEN_RECOVERIES' && undoesRow === 0)?.receipt;
  if (!receipt) throw notDue('追回补贴资金的回执尚未收到，不能制作追缴文书', 'order_id');
  if (receipt.matched === 0n) throw notDue('该处理决定没有应追回的补贴资金', 'order_id');
  if (kind === 'RECOVERY') return;
  if (!issued.includes('RECOVERY')) throw notDue('尚未制作追缴通知书，不能催告');
  if (enforcement === null) throw notDue('复议、诉讼期限尚未届满，不能催告');
  if (enforcement !== 'RUNNING' && enforcement !== 'NEARING') throw notDue('申请强制执行的期限已过或者已经终止，不能催告');
};

/**
 * Checks a service without a step. The steps of a case serve its notice and decision, and start the limits of the receiver; the
 * decision of an interim stop has no such step. Refuses `document.served_by_step`, `document.not_servable`.
 */
export const checkServeByHand = (kind: DocumentKind, isInterim: boolean): void => {
  if (isServedByHand(kind, isInterim)) return;
  const notServed = NOT_SERVED[kind];
  if (notServed !== undefined)
    throw new Refusal('illegalMove', 'document.not_servable', notServed, { field: 'document_id', rule: '行政处罚法第六十一条' });
  const step = kind === 'NOTICE' ? '送达告知书' : '送达决定书';
  throw new Refusal('illegalMove', 'document.served_by_step', `该文书由办案步骤“${step}”送达，不能单独登记送达`, {
    field: 'document_id',
    rule: '行政处罚法第六十一条',
  });
};

/** Who serves each kind (送达): a step of the case, an officer, or exchange with the transfer; nobody for a proof of service. */
const SERVED_BY = {
  NOTICE: 'step',
  DECISION: 'step',
  RECTIFICATION: 'hand',
  TRANSFER: 'exchange',
  RECOVERY: 'hand',
  DEMAND: 'hand',
  SERVICE_RECEIPT: 'nobody',
  LIFTING: 'hand',
  PUBLICITY: 'nobody',
} as const satisfies Record<DocumentKind, string>;

/** Why nobody registers the service of these. */
const NOT_SERVED: Partial<Record<DocumentKind, string>> = {
  TRANSFER: '移送书随移送送交接收机关，以其签收为准，不能登记送达',
  SERVICE_RECEIPT: '送达回证是送达的证明，不需要送达',
  PUBLICITY: '公示向社会公开，不向当事人送达',
};

/** Whether an officer serves the document without a step; the decision of an interim stop has no step. */
export const isServedByHand = (kind: DocumentKind, isInterim: boolean): boolean =>
  SERVED_BY[kind] === 'hand' || (kind === 'DECISION' && isInterim);
