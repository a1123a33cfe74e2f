// Public notices of voided certificates (作废公告, N2.1c): one per order, published by M3's row, withdrawn when the order is
// lifted. Those who have read a notice must be able to find that it was withdrawn, and when: so it stays in the list.
import { noticeMessage } from '../messages';
import type { Tx } from './database';
import { entryEffect } from './entry-effect';
import type { Notice } from '../../generated/client';

const titleOf = (institutionName: string): string => `关于宣布${institutionName}职业技能等级证书作废的公告`;

/** PUBLISH_NOTICE. */
export const publishNotice = entryEffect({
  word: 'PUBLISHED',
  show: async (tx, { orderId, documentNo, institution, now }, institutionName) => {
    const noticeId = `N-${orderId}`;
    const notice = { noticeId, orderId, documentNo, institution, institutionName, title: titleOf(institutionName), publishedAt: now };
    const { count } = await tx.notice.createMany({ data: [notice], skipDuplicates: true });
    return count === 0 ? undefined : { $case: 'noticePublished', value: { notice: noticeMessage({ ...notice, withdrawnAt: null }) } };
  },
  withdraw: async (tx, { orderId, now }) => {
    const [withdrawn] = await tx.notice.updateManyAndReturn({ where: { orderId, withdrawnAt: null }, data: { withdrawnAt: now } });
    return withdrawn && { $case: 'noticeWithdrawn', value: { noticeId: withdrawn.noticeId, orderId } };
  },
  stands: async (tx, orderId) => (await tx.notice.count({ where: { orderId, withdrawnAt: null } })) > 0,
});

/** The place after which a page begins: newest first, notices of one instant by id. */
export interface NoticeCursor {
  readonly publishedAt: Date;
  readonly noticeId: string;
}

/** A page of notices, newest first, of one institution or (empty) of all. */
export const listNotices = (
  db: Tx,
  institution: string,
  { after, limit }: { readonly after: NoticeCursor | undefined; readonly limit: number },
): Promise<Notice[]> =>
  db.notice.findMany({
    where: {
      ...(institution === '' ? {} : { institution }),
      ...(after && {
        OR: [{ publishedAt: { lt: after.publishedAt } }, { publishedAt: after.publishedAt, noticeId: { lt: after.noticeId } }],
      }),
    },
    orderBy: [{ publishedAt: 'desc' }, { noticeId: 'desc' }],
    take: limit,
  });
