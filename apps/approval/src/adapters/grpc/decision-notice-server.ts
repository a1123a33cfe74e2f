// The public notices of decisions (处理决定公示) for everybody, from approval's own copy. A notice is public until its last day; a withdrawn one
// is shown as withdrawn, without its content.
import {
  DecisionNoticeServiceDefinition,
  type DecisionNotice as DecisionNoticeMessage,
  type DecisionNoticeServiceImplementation,
} from '@hengji/contracts/approval/v1/decision_notice_service';
import { NoticeEntry, NoticeText } from '@hengji/contracts/enforcement/v1/publicity';
import { dayOf, Refusal } from '@hengji/domain-kit';
import { grpcService, inOrder, readList, type CallerContext, type CallerTable, type GrpcService } from '@hengji/host';
import { earlierQuery } from '@hengji/participation';
import sql from 'sql-template-tag';
import type { DecisionNotice } from '../../generated/client';
import type { Database } from '../store/database';
import { findDecisionNotices, getDecisionNotice, getStanding } from '../store/decision-notices';
import { DECISION_NOTICE_LIST } from '../store/directory-list';

const CALLERS = {
  listDecisionNotices: ['gateway'],
  getDecisionNotice: ['gateway'],
  listNoticeEntries: ['gateway'],
  getNoticePdf: ['gateway'],
} as const satisfies CallerTable<DecisionNoticeServiceDefinition['methods']>;

type Stored = Omit<DecisionNotice, 'pdf'>;

const stateOf = ({ withdrawnAt, replacedBy }: Stored): string => {
  if (!withdrawnAt) return 'STANDING';
  return replacedBy === '' ? 'WITHDRAWN' : 'REPLACED';
};

// Written from a NoticeText of the event.
const textOf = ({ text }: Stored): NoticeText | undefined => (text === null ? undefined : NoticeText.fromPartial(text as object));

const message = (stored: Stored): DecisionNoticeMessage => ({
  noticeId: stored.noticeId,
  number: stored.number,
  title: textOf(stored)?.title ?? '',
  institution: stored.institution,
  institutionName: stored.institutionName,
  authority: stored.authority,
  publishedAt: stored.publishedAt ?? undefined,
  publicUntil: stored.publicUntil,
  withdrawnAt: stored.withdrawnAt ?? undefined,
  withdrawnReason: stored.withdrawnReason,
  replaces: stored.replaces,
  replacedBy: stored.replacedBy,
  pages: stored.withdrawnAt ? 0 : stored.pages,
  state: stateOf(stored),
});

const noPage = (): Refusal => new Refusal('notFound', 'notice.page_unknown', '名单没有这一页', { field: 'page', rule: 'N2.1c' });

const server = (db: Database, now: () => Date): DecisionNoticeServiceImplementation<CallerContext> => {
  const today = (): string => dayOf(now());
  return {
    listDecisionNotices: async ({ query }) => {
      const asked = query ?? earlierQuery(undefined, {});
      const { keys, next, total } = await readList(db, DECISION_NOTICE_LIST, asked, sql`n.public_until >= ${today()}`);
      const found = inOrder(keys, await findDecisionNotices(db, keys), ({ noticeId }) => noticeId);
      return { notices: found.map(message), next, total };
    },
    getDecisionNotice: async ({ noticeId }) => {
      const stored = await getDecisionNotice(db, noticeId, today());
      return { notice: message(stored), text: textOf(stored) };
    },
    listNoticeEntries: async ({ noticeId, page }) => {
      await getStanding(db, noticeId, today());
      const found = await db.decisionNoticePage.findUnique({ where: { noticeId_page: { noticeId, page } } });
      if (!found) throw noPage();
      return { entries: (found.entries as object[]).map((entry) => NoticeEntry.fromPartial(entry)) };
    },
    getNoticePdf: async ({ noticeId }) => {
      const { number, pdf } = await getStanding(db, noticeId, today());
      return { number, pdf: Buffer.from(pdf ?? []) };
    },
  };
};

/** The gRPC service for the list in compose.ts. */
export const decisionNoticeService = (db: Database, now: () => Date): GrpcService =>
  grpcService(DecisionNoticeServiceDefinition, server(db, now), CALLERS);
