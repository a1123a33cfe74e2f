// The public notices (公示) of decisions and their lists. A notice gets its number and its document once, and is withdrawn once; each of the two
// writes its event in the same transaction.
import type { Notices } from '../../../application/publicity/ports';
import type { NoticeEntry, NoticeText, PublicNotice } from '../../../domain/publicity/notice';
import type { Prisma } from '../../../generated/client';
import { decisionListed, decisionPublished, decisionWithdrawn, publishNoticeEvent } from '../../kafka/notice-events';
import type { Tx } from '../database';
import { CASE_DOCUMENTS } from './case-documents';

/** The most records of an event. */
const PAGE = 1_000;

type Stored = Prisma.PublicNoticeGetPayload<object>;

// The columns were written from values of these types, in `insert`.
const noticeOf = ({ sequence: _, institution: __, pages: ___, ...notice }: Stored): PublicNotice => ({
  ...notice,
  text: notice.text as unknown as NoticeText,
});
const asJson = (value: unknown): Prisma.InputJsonValue => value as Prisma.InputJsonValue;

const pagesOf = (entries: readonly NoticeEntry[]): NoticeEntry[][] =>
  Array.from({ length: Math.ceil(entries.length / PAGE) }, (_, i) => entries.slice(i * PAGE, (i + 1) * PAGE));

const listOf = async (tx: Tx, noticeId: string): Promise<NoticeEntry[][]> =>
  (await tx.publicNoticePage.findMany({ where: { noticeId }, orderBy: { page: 'asc' } })).map(
    ({ entries }) => entries as unknown as NoticeEntry[],
  );

/** The notice as its events. */
const eventsOfNotice = async (tx: Tx, stored: Stored) => {
  const notice = noticeOf(stored);
  const pdf = await CASE_DOCUMENTS.pdf(tx, notice.documentId);
  const { sha256 } = await CASE_DOCUMENTS.get(tx, notice.documentId);
  const pages = await listOf(tx, notice.id);
  return {
    notice,
    published: decisionPublished(notice, pages.length, { pdf, sha256 }),
    listed: pages.map((entries, i) => decisionListed(notice.id, i + 1, entries)),
  };
};

export const noticeStore: Notices<Tx> = {
  insert: async (tx, { text, ...notice }, entries) => {
    const pages = pagesOf(entries);
    const data = { ...notice, text: asJson(text), institution: text.institution, pages: pages.length };
    await tx.publicNotice.create({ data, select: { id: true } });
    await tx.publicNoticePage.createMany({
      data: pages.map((page, i) => ({ noticeId: notice.id, page: i + 1, entries: asJson(page) })),
    });
  },
  getWaiting: async (tx, caseId) => {
    const stored = await tx.publicNotice.findFirst({ where: { caseId, number: '' } });
    if (!stored) throw new Error(`case ${caseId} has no notice that waits for its document`);
    return { notice: noticeOf(stored), entries: (await listOf(tx, stored.id)).flat() };
  },
  publish: async (tx, { id }, document) => {
    const stored = await tx.publicNotice.update({ where: { id }, data: { number: document.number, documentId: document.id } });
    const { notice, published, listed } = await eventsOfNotice(tx, stored);
    for (const body of [published, ...listed]) await publishNoticeEvent(tx, notice, body, notice.publishedAt);
  },
  withdraw: async (tx, caseId, number, { at, reason, replacedBy }) => {
    const data = { withdrawnAt: at, withdrawnReason: reason, replacedBy };
    const [stored] = await tx.publicNotice.updateManyAndReturn({ where: { caseId, number, withdrawnAt: null }, data });
    if (!stored) return;
    const notice = noticeOf(stored);
    await publishNoticeEvent(tx, notice, decisionWithdrawn(notice), at);
  },
  ofCase: async (tx, caseId) =>
    (await tx.publicNotice.findMany({ where: { caseId, NOT: { number: '' } }, orderBy: { sequence: 'asc' } })).map(noticeOf),
};
