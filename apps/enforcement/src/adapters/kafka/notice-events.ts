// Events of the public notices (公示) for their public copy: the text with the document, the list in pages, the withdrawal. All of it is public
// and masked already.
import { TOPICS, type Body } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { NoticeEntry as EntryMessage, NoticeText as TextMessage } from '@hengji/contracts/enforcement/v1/publicity';
import { publish, type SqlTx } from '@hengji/messaging';
import type { NoticeEntry, NoticeText, PublicNotice } from '../../domain/publicity/notice';

type Event = Body<EnforcementEvent>;

export const noticeTextMessage = (text: NoticeText): TextMessage => ({
  ...text,
  measures: [...text.measures],
  lifted: [...text.lifted],
  leftOut: [...text.leftOut],
});

export const entryMessages = (entries: readonly NoticeEntry[]): EntryMessage[] => entries.map((entry) => ({ ...entry }));

interface Printed {
  readonly pdf: Uint8Array;
  readonly sha256: Uint8Array;
}

export const decisionPublished = (notice: PublicNotice, pages: number, { pdf, sha256 }: Printed): Event => ({
  $case: 'decisionPublished',
  value: {
    ...{ noticeId: notice.id, number: notice.number, orderId: notice.orderId, text: noticeTextMessage(notice.text) },
    ...{ publishedAt: notice.publishedAt, publicUntil: notice.publicUntil, pages },
    ...{ pdf: Buffer.from(pdf), sha256: Buffer.from(sha256) },
  },
});

export const decisionListed = (noticeId: string, page: number, entries: readonly NoticeEntry[]): Event => ({
  $case: 'decisionListed',
  value: { noticeId, page, entries: entryMessages(entries) },
});

export const decisionWithdrawn = (notice: PublicNotice): Event => {
  const { id: noticeId, number, text, withdrawnAt, withdrawnReason: reason, replacedBy, publicUntil } = notice;
  const { institutionName, authority } = text;
  return {
    $case: 'decisionWithdrawn',
    value: { noticeId, number, institutionName, authority, withdrawnAt: withdrawnAt ?? undefined, reason, replacedBy, publicUntil },
  };
};

/** Writes the event into the outbox, keyed by the institution. The cause is a step of the case, so no order. Runs entirely in `tx`. */
export const publishNoticeEvent = (tx: SqlTx, { text: { institution } }: PublicNotice, body: Event, occurredAt: Date): Promise<void> =>
  publish(tx, TOPICS.enforcement, { institution, orderId: '', body, occurredAt });
