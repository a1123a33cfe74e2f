// The demands of 国务院令310号 on a transfer (移交, N3.5e) beside its lifecycle and its limits (lifecycle.ts, steps.ts). A written report is
// on file before the approval; a refusal is reconsidered once and in time; exhibits are delivered with their list; no fine
// replaces a transfer. One row per step. This file also selects the contents of the package (§6).
import { Refusal } from '@hengji/domain-kit';
import { endOf, writeAmount } from '@hengji/province';
import type { Measure } from '../../cascade';
import type { LimitCalendar } from '../../deadlines/deadline';
import type { Case, CaseEntry, CaseStep, OrderOfCase, TransferTrack } from '../case';

const since = (entries: readonly CaseEntry[], ...steps: readonly CaseStep[]): readonly CaseEntry[] =>
  entries.slice(entries.findLastIndex((entry) => steps.includes(entry.step)) + 1);

/** The entries of the running transfer: since the last refusal by the head, or the last withdrawal. */
export const thisTransfer = ({ entries }: Pick<Case, 'entries'>): readonly CaseEntry[] =>
  since(entries, 'REFUSE_TRANSFER', 'TRANSFER_WITHDRAWN');

const attachmentsOf = (entries: readonly CaseEntry[], step: CaseStep): string[] =>
  entries.flatMap((entry) => (entry.step === step ? entry.attachmentIds : []));

const missing = (message: string, rule: string): Refusal =>
  new Refusal('invalid', 'case.attachment_missing', message, { field: 'attachment_ids', rule });

/** Either reporting officer may attach the report; after a refusal a new report is needed. */
const checkReport = (theCase: Case, attachmentIds: readonly string[]): void => {
  const filed = attachmentsOf(thisTransfer(theCase), 'REPORT_CRIME');
  if (filed.length + attachmentIds.length === 0) throw missing('涉嫌犯罪案件情况的书面报告应作为附件提交', '国务院令310号第五条');
};

const checkExhibits = (_theCase: Case, attachmentIds: readonly string[]): void => {
  if (attachmentIds.length === 0) throw missing('移交涉案物品应附移交清单', '国务院令310号第十二条');
};

interface At {
  readonly now: Date;
  readonly calendar: LimitCalendar;
}

/**
 * Allows one reconsideration, within the days of D-TRANSFER-RECONSIDER after the refusal; 检察院 can still be asked later.
 * Refuses `case.asked_before`, `case.too_late`.
 */
export const checkReconsideration = (theCase: Case, { now, calendar }: At): void => {
  const entries = thisTransfer(theCase);
  const refuse = (reason: string, message: string): never => {
    throw new Refusal('illegalMove', reason, message, { field: 'step', rule: '国务院令310号第九条' });
  };
  if (entries.some(({ step }) => step === 'ASK_RECONSIDERATION')) refuse('case.asked_before', '已提请过一次复议，可以建议检察院立案监督');
  const refusedAt = entries.findLast(({ step }) => step === 'TRANSFER_REFUSED')?.at;
  const within = refusedAt && calendar.amountOf('D-TRANSFER-RECONSIDER', refusedAt);
  if (within && now > endOf(calendar, within, refusedAt).at) {
    refuse('case.too_late', `收到不予立案通知书已超过${writeAmount(within)}，不能再提请复议，可以建议检察院立案监督`);
  }
};

/** Whether a transfer is under way or with the receiving body: §11 forbids a fine in its place. */
const FINE_WAITS = {
  none: false,
  reported: true,
  approved: true,
  refused: false,
  sent: true,
  received: true,
  accepted: true,
  rejected: false,
  reconsidering: true,
  procuratorate: true,
  handed_over: true,
  withdrawn: false,
} as const satisfies Record<TransferTrack, boolean>;

const wasFiled = (theCase: Case): boolean => thisTransfer(theCase).some(({ step }) => step === 'TRANSFER_ACCEPTED');

/** A suspension for a filed case ends with its criminal result: an attached document of the court or of the police. */
const checkResult = (theCase: Case, attachmentIds: readonly string[]): void => {
  if (wasFiled(theCase) && attachmentIds.length === 0)
    throw missing('恢复办理应附刑事案件处理结果文书（判决书、撤销案件决定书等）', '国务院令310号第十一条');
};

/**
 * A fine waits for the transfer. After a filed case, a fine waits for the criminal result: the attached document of the step
 * that ended the suspension. Refuses `case.transfer_first`.
 */
export const checkFine = (theCase: Case): void => {
  const { transferTrack, entries } = theCase;
  const isReportedByOne = thisTransfer(theCase).some(({ step }) => step === 'REPORT_CRIME') && transferTrack === 'none';
  const hasResult =
    wasFiled(theCase) &&
    since(entries, 'TRANSFER_ACCEPTED').some(({ step, attachmentIds }) => step === 'RESUME' && attachmentIds.length > 0);
  if ((FINE_WAITS[transferTrack] || isReportedByOne) && !hasResult) {
    throw new Refusal('illegalMove', 'case.transfer_first', '涉嫌犯罪的案件应当移送，不得以行政处罚代替移送', {
      field: 'step',
      rule: '国务院令310号第十一条',
    });
  }
};

/** The attachments that a step requires. Refuses `case.attachment_missing`. */
export const ATTACHED: Partial<Record<CaseStep, (theCase: Case, attachmentIds: readonly string[]) => void>> = {
  REPORT_CRIME: checkReport,
  HAND_OVER_EXHIBITS: checkExhibits,
  APPLY_ENFORCEMENT: (_, attachmentIds) => {
    if (attachmentIds.length === 0) throw missing('申请强制执行应附强制执行申请书', '行政强制法第五十五条');
  },
  RESUME: checkResult,
  REGISTER_EVIDENCE: (_, attachmentIds) => {
    if (attachmentIds.length === 0) throw missing('先行登记保存应附证据清单和负责人批准文书', '行政处罚法第五十六条');
  },
  SERVE_PENALTY: (_, attachmentIds) => {
    if (attachmentIds.length === 0) throw missing('应附行政处罚决定书的送达回证', '行政处罚法第六十一条');
  },
  RECORD_PAYMENT: (_, attachmentIds) => {
    if (attachmentIds.length === 0) throw missing('应附缴款凭证', '行政处罚法第六十七条');
  },
  DECIDE_PENALTY: (_, attachmentIds) => {
    if (attachmentIds.length === 0) throw missing('行政处罚决定应附行政处罚决定书', '行政处罚法第五十九条');
  },
};

/** The contents of the package in sequence: the transfer document, the report, the evidence, the additions of the head (涉案物品清单). */
export interface PackageRefs {
  readonly documentIds: readonly string[];
  readonly attachmentIds: readonly string[];
}

/** The package as filed at the approval: later attachments are left out, because they could make the package unsendable. */
export const packageOf = ({ entries: all }: Pick<Case, 'entries'>): PackageRefs => {
  const entries = all.slice(0, all.findLastIndex(({ step }) => step === 'APPROVE_TRANSFER') + 1);
  const report = thisTransfer({ entries });
  const approval = entries.at(-1);
  const evidence = (['VERIFY', 'RECORD_HEARING'] as const).flatMap((step) => attachmentsOf(entries, step));
  const attachmentIds = [...attachmentsOf(report, 'REPORT_CRIME'), ...evidence, ...(approval?.attachmentIds ?? [])];
  return { documentIds: approval?.documentIds ?? [], attachmentIds: [...new Set(attachmentIds)] };
};

/**
 * Whether a lifting takes back the transfer that the track follows. If the order went to both bodies, the track follows the
 * transfer to 公安.
 */
export const isWithdrawal = (ordered: readonly Measure[], lifted: readonly Measure[]): boolean => {
  const followed: Measure = ordered.includes('TRANSFER_TO_POLICE') ? 'TRANSFER_TO_POLICE' : 'TRANSFER_TO_DISCIPLINE';
  return ordered.includes(followed) && lifted.includes(followed);
};

const POLICE_ALONE: readonly Measure[] = ['TRANSFER_TO_POLICE'];

/** The receivers that the head approved: those of the approved draft; for an approval before any draft, 公安. */
const receiversOf = (theCase: Case, orders: readonly Pick<OrderOfCase, 'id' | 'measures'>[]): readonly Measure[] => {
  const approved = thisTransfer(theCase).findLast(({ step }) => step === 'APPROVE_TRANSFER')?.orderId ?? '';
  return orders.find(({ id }) => id === approved)?.measures ?? POLICE_ALONE;
};

/** Whether 公安 is a receiver; 310号令 sets the limits of 公安 only. */
export const isToPolice = (theCase: Case, orders: readonly Pick<OrderOfCase, 'id' | 'measures'>[]): boolean =>
  receiversOf(theCase, orders).includes('TRANSFER_TO_POLICE');

/** Whether the receivers of this order are exactly the approved receivers that the letter names. */
export const isAsApproved = (theCase: Case, order: Pick<OrderOfCase, 'id' | 'measures'>): boolean => {
  const approved = thisTransfer(theCase).findLast(({ step }) => step === 'APPROVE_TRANSFER')?.orderId ?? '';
  return approved === '' ? order.measures.every((measure) => POLICE_ALONE.includes(measure)) : approved === order.id;
};

/**
 * Whether the agency's answer moves the track. If the order went to both, 310号令 applies to 公安, and the answer of the other
 * agency is only recorded.
 */
export const isAnswerOf = (agency: 'POLICE' | 'DISCIPLINE', measures: readonly Measure[]): boolean =>
  agency === 'POLICE' || !measures.includes('TRANSFER_TO_POLICE');
