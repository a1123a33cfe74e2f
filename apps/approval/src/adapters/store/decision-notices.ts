// The copy of the public notices of decisions (处理决定公示, N2.1c), from enforcement.v1. Each event may come twice, late, or before the one that
// it follows: a notice that is withdrawn stays so, whatever arrives afterwards, and keeps neither text, document nor list.
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { Body } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import { rowsOf } from '@hengji/messaging';
import type { NoticeHandlers } from '@hengji/participation';
import sql from 'sql-template-tag';
import { Prisma, type DecisionNotice } from '../../generated/client';
import type { Database, Tx } from './database';

type Event<C extends Body<EnforcementEvent>['$case']> = Extract<Body<EnforcementEvent>, { $case: C }>['value'];

const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

/** Events about one notice, in turn: without it a page could be written while the notice is withdrawn. */
const takeTurn = (tx: Tx, noticeId: string): Promise<unknown> =>
  rowsOf(tx, sql`SELECT pg_advisory_xact_lock(hashtextextended(${`notice ${noticeId}`}, 0))::text`);

const isWithdrawn = async (tx: Tx, noticeId: string): Promise<boolean> =>
  (await tx.decisionNotice.count({ where: { noticeId, withdrawnAt: { not: null } } })) > 0;

const published = async (tx: Tx, { noticeId, text, pdf, ...event }: Event<'decisionPublished'>): Promise<void> => {
  if (!text) throw new Error(`notice ${noticeId} was published without a text`);
  await takeTurn(tx, noticeId);
  const { institution, institutionName, authority, replaces } = text;
  const facts = {
    ...{ number: event.number, institution, institutionName, authority, replaces },
    ...{ publishedAt: event.publishedAt ?? null, publicUntil: event.publicUntil, pages: event.pages },
  };
  const shown = (await isWithdrawn(tx, noticeId)) ? {} : { text: asJson(text), pdf: Buffer.from(pdf) };
  await tx.decisionNotice.upsert({
    where: { noticeId },
    create: { noticeId, ...facts, ...shown },
    update: { ...facts, ...shown },
    select: { noticeId: true },
  });
};

const listed = async (tx: Tx, { noticeId, page, entries }: Event<'decisionListed'>): Promise<void> => {
  await takeTurn(tx, noticeId);
  if (await isWithdrawn(tx, noticeId)) return;
  await tx.decisionNoticePage.createMany({ data: [{ noticeId, page, entries: asJson(entries) }], skipDuplicates: true });
};

const withdrawn = async (tx: Tx, institution: string, event: Event<'decisionWithdrawn'>): Promise<void> => {
  const { noticeId, number, institutionName, authority, withdrawnAt, reason, replacedBy, publicUntil } = event;
  await takeTurn(tx, noticeId);
  if (await isWithdrawn(tx, noticeId)) return;
  const end = { withdrawnAt: withdrawnAt ?? null, withdrawnReason: reason, replacedBy };
  await tx.decisionNotice.upsert({
    where: { noticeId },
    create: { noticeId, number, institution, institutionName, authority, publicUntil, ...end },
    update: { ...end, text: Prisma.DbNull, pdf: null },
    select: { noticeId: true },
  });
  await tx.decisionNoticePage.deleteMany({ where: { noticeId } });
};

/** The handlers for the subscription to enforcement.v1. */
export const DECISION_NOTICES: NoticeHandlers<Tx> = {
  decisionPublished: (event, { tx }) => published(tx, event),
  decisionListed: (event, { tx }) => listed(tx, event),
  decisionWithdrawn: (event, { tx, meta }) => withdrawn(tx, meta.institution, event),
};

const refuse = (kind: 'notFound' | 'illegalMove', reason: string, message: string): never => {
  throw new Refusal(kind, reason, message, { field: 'notice_id', rule: 'N2.1c' });
};

/** Refuses `notice.unknown`, `notice.over`. */
export const getDecisionNotice = async (db: Database, noticeId: string, today: string): Promise<DecisionNotice> => {
  const notice = await db.decisionNotice.findUnique({ where: { noticeId } });
  if (!notice) return refuse('notFound', 'notice.unknown', '没有这份公示');
  if (notice.publicUntil < today) return refuse('notFound', 'notice.over', `公示期已于${notice.publicUntil}届满`);
  return notice;
};

/** Refuses as `getDecisionNotice`, `notice.withdrawn`. */
export const getStanding = async (db: Database, noticeId: string, today: string): Promise<DecisionNotice> => {
  const notice = await getDecisionNotice(db, noticeId, today);
  return notice.withdrawnAt ? refuse('illegalMove', 'notice.withdrawn', '公示已经撤回，内容不再公开') : notice;
};

/** The existing notices of the ids, without their bytes. */
export const findDecisionNotices = (db: Tx, noticeIds: readonly string[]): Promise<Omit<DecisionNotice, 'pdf'>[]> =>
  db.decisionNotice.findMany({ where: { noticeId: { in: [...noticeIds] } }, omit: { pdf: true } });
