// Public notices of voided certificates (作废公告, N2.1c): one per order, published by M3's row, withdrawn when the order is lifted. Readers of
// a notice must be able to find its withdrawal and its date, so a withdrawn notice stays in the list.
import type { Body } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import sql from 'sql-template-tag';
import { noticeMessage } from '../messages';
import type { Tx } from './database';
import { entryEffect } from './entry-effect';
import type { Notice } from '../../generated/client';

const titleOf = (institutionName: string): string => `关于宣布${institutionName}职业技能等级证书作废的公告`;

const published = (notice: Notice): Body<ApprovalEvent> => ({ $case: 'noticePublished', value: { notice: noticeMessage(notice) } });

/** PUBLISH_NOTICE. */
export const publishNotice = entryEffect({
  word: 'PUBLISHED',
  show: async (tx, { orderId, documentNo, institution, now }, institutionName) => {
    const noticeId = `N-${orderId}`;
    const notice = { noticeId, orderId, documentNo, institution, institutionName, title: titleOf(institutionName), publishedAt: now };
    const { count } = await tx.notice.createMany({ data: [notice], skipDuplicates: true });
    if (count > 0) return { event: published({ ...notice, withdrawnAt: null }), renewed: true };
    // The order is in force: a notice that somebody withdrew is public again, with its original words and day.
    const { publishedAt: _, ...words } = notice;
    const wrong = {
      orderId,
      OR: [{ withdrawnAt: { not: null } }, ...Object.entries(words).map(([name, is]) => ({ NOT: { [name]: is } }))],
    };
    const [mended] = await tx.notice.updateManyAndReturn({ where: wrong, data: { ...words, withdrawnAt: null } });
    return { event: mended && published(mended), renewed: false };
  },
  lines: (orderId) => sql`SELECT notice_id AS id, jsonb_build_object('notice.document_no', document_no, 'notice.institution', institution,
    'notice.institution_name', institution_name, 'notice.title', title,
    'notice.published_at', extract(epoch FROM published_at)::text)::text AS line FROM notice WHERE order_id = ${orderId}`,
  withdraw: async (tx, { orderId, now }) => {
    const [withdrawn] = await tx.notice.updateManyAndReturn({ where: { orderId, withdrawnAt: null }, data: { withdrawnAt: now } });
    return withdrawn && { $case: 'noticeWithdrawn', value: { noticeId: withdrawn.noticeId, orderId } };
  },
  stands: async (tx, orderId) => (await tx.notice.count({ where: { orderId, withdrawnAt: null } })) > 0,
});

/** The existing notices of the ids. */
export const findNotices = (db: Tx, noticeIds: readonly string[]): Promise<Notice[]> =>
  db.notice.findMany({ where: { noticeId: { in: [...noticeIds] } } });
