// Converts domain objects and rows to the contract's messages, for answers and for events.
import type { Institution, PublicNotice } from '@hengji/contracts/approval/v1/approval';
import { accessWarning, isPersonalUscc, isUscc } from '@hengji/province';
import { type FilingRecord, statusOf } from '../domain/filing-status';
import type { Notice } from '../generated/client';

/**
 * The state of the institution on the day. Only holds that are a decision to stop evaluation are shown. A code that is also a valid ID number
 * is left out: versions before stored it, and every answer and event may become public.
 */
export const institutionMessage = (record: FilingRecord, today: string): Institution => ({
  ...record.filing,
  uscc: isPersonalUscc(record.filing.uscc) ? '' : record.filing.uscc,
  usccCheckedByHand: !isUscc(record.filing.uscc),
  scopeLines: record.filing.scopeLines.map((line) => ({
    ...line,
    levels: [...line.levels],
    warning: accessWarning(line.kind, line.occupation),
  })),
  status: statusOf(record, today),
  holds: record.holds.filter((hold) => hold.standing).map(({ orderId, placedAt }) => ({ orderId, placedAt: placedAt.toISOString() })),
  rectifyBy: record.rectifyBy,
  removedBy: [...record.removedBy],
});

export const noticeMessage = ({ publishedAt, withdrawnAt, ...notice }: Notice): PublicNotice => ({
  ...notice,
  publishedAt: publishedAt.toISOString(),
  withdrawnAt: withdrawnAt?.toISOString() ?? '',
});
