// An institution's filing and its public entries as events, for consumers whose topic no longer holds all events.
import { TOPICS } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import { dayOf } from '@hengji/domain-kit';
import { snapshotOf, type SnapshotEvent, type SnapshotSource } from '@hengji/messaging';
import { institutionMessage, noticeMessage } from '../messages';
import type { Tx } from './database';
import { filingStore } from './filing-store';

type Event = SnapshotEvent<ApprovalEvent>;

const filed = async (tx: Tx, code: string, now: Date): Promise<Event[]> =>
  [...(await filingStore().find(tx, [code])).values()].flatMap((record): Event[] => {
    const [removedBy] = record.removedBy;
    const institution = institutionMessage(record, dayOf(now));
    return [
      { body: { $case: 'institutionFiled', value: { institution } }, occurredAt: now },
      ...(removedBy === undefined
        ? []
        : [{ body: { $case: 'filingRemoved' as const, value: { orderId: removedBy } }, occurredAt: now, orderId: removedBy }]),
    ];
  });

const notices = async (tx: Tx, institution: string): Promise<Event[]> =>
  (await tx.notice.findMany({ where: { institution }, orderBy: [{ publishedAt: 'asc' }, { noticeId: 'asc' }] })).flatMap(
    (notice): Event[] => {
      const { noticeId, orderId, publishedAt, withdrawnAt } = notice;
      return [
        { body: { $case: 'noticePublished', value: { notice: noticeMessage(notice) } }, occurredAt: publishedAt, orderId },
        ...(withdrawnAt
          ? [{ body: { $case: 'noticeWithdrawn' as const, value: { noticeId, orderId } }, occurredAt: withdrawnAt, orderId }]
          : []),
      ];
    },
  );

const rectifications = async (tx: Tx, institution: string): Promise<Event[]> =>
  (await tx.rectification.findMany({ where: { institution }, orderBy: [{ shownAt: 'asc' }, { orderId: 'asc' }] })).flatMap(
    ({ orderId, rectifyBy, documentNo, shownAt, withdrawnAt }): Event[] => [
      { body: { $case: 'rectificationShown', value: { orderId, rectifyBy, documentNo } }, occurredAt: shownAt, orderId },
      ...(withdrawnAt
        ? [{ body: { $case: 'rectificationWithdrawn' as const, value: { orderId } }, occurredAt: withdrawnAt, orderId }]
        : []),
    ],
  );

export const filingSnapshot = (now: () => Date): SnapshotSource<Tx> =>
  snapshotOf<ApprovalEvent, Tx>(TOPICS.approval, async function* (tx, code) {
    yield await filed(tx, code, now());
    yield await notices(tx, code);
    yield await rectifications(tx, code);
  });
