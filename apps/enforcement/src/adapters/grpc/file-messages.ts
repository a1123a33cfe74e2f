// Messages of a case file beside the case: documents, limits, attachments, rectifications, follow-ups.
import type {
  Attachment as AttachmentMessage,
  Document as DocumentMessage,
  FollowUp as FollowUpMessage,
  Rectification as RectificationMessage,
} from '@hengji/contracts/enforcement/v1/case';
import type { CaseNotice as CaseNoticeMessage } from '@hengji/contracts/enforcement/v1/publicity';
import { dayOf } from '@hengji/domain-kit';
import type { AttachmentRow, AttachmentRows, DocumentStore, Limits, LimitStore, StoredDocument } from '@hengji/procedure';
import type { Limit } from '@hengji/procedure/tables';
import type { FollowUps, Rectifications } from '../../application/aftermath/ports';
import type { Notices } from '../../application/publicity/ports';
import type { Case, DocumentKind } from '../../domain/cases/case';
import type { Transactions } from '../../application/ports';
import { FOLLOW_UPS, type FollowUp } from '../../domain/aftermath/follow-up';
import type { Rectification } from '../../domain/aftermath/rectification';
import { EVIDENCE_WORDS } from '../../domain/documents/attachment';
import { noticeState, type PublicNotice } from '../../domain/publicity/notice';
import type { Tx } from '../store/database';
import { word } from '../store/words';
import type { KeptBeside } from './case-messages';
import type { DeadlineMessages } from './deadline-messages';
import { serviceRecord } from './steps/service-messages';

export const documentMessage = (document: StoredDocument<DocumentKind>): DocumentMessage => ({
  documentId: document.id,
  kind: document.kind,
  number: document.number,
  version: document.version,
  caseId: document.fileId,
  orderId: document.about,
  title: document.title,
  sha256: Buffer.from(document.sha256),
  signature: { ...document.signature, value: Buffer.from(document.signature.value) },
  issuedBy: document.issuedBy,
  issuedAt: document.issuedAt,
  services: document.delivery ? [serviceRecord(document.delivery)] : [],
  // The actions depend on the reader: case-actions.ts.
  allowedActions: [],
});

export const attachmentMessage = (attachment: AttachmentRow): AttachmentMessage => ({
  attachmentId: attachment.id,
  name: attachment.name,
  mediaType: attachment.mediaType,
  bytes: BigInt(attachment.bytes),
  sha256: Buffer.from(attachment.sha256),
  addedBy: attachment.addedBy,
  addedAt: attachment.addedAt,
  kind: word(EVIDENCE_WORDS, attachment.kind),
});

const rectificationMessage = ({ orderId, dueOn, state, evidence, checks }: Rectification): RectificationMessage => ({
  orderId,
  dueOn,
  state,
  evidence: evidence.map((one) => ({ ...one, attachmentIds: [...one.attachmentIds] })),
  checks: checks.map(({ by, byName, passed, text, at }) => ({ by, byName, passed, text, at })),
  allowedActions: [],
});

/** A follow-up ends with its limit, which may have been counted again. */
const dueOf = ({ orderId, kind, dueAt }: FollowUp, limits: readonly Limit[]): Date =>
  limits.findLast(({ about, code }) => about === orderId && code === FOLLOW_UPS[kind].deadline)?.dueAt ?? dueAt;

const followUpMessage = (followUp: FollowUp, limits: readonly Limit[]): FollowUpMessage => {
  const { orderId, kind, note, doneBy, doneAt } = followUp;
  return {
    orderId,
    kind,
    title: FOLLOW_UPS[kind].title,
    done: doneAt !== null,
    note,
    doneBy: doneBy ?? '',
    doneAt: doneAt ?? undefined,
    dueAt: dueOf(followUp, limits),
    allowedActions: [],
  };
};

const caseNoticeMessage = (notice: PublicNotice, outdated: boolean, today: string): CaseNoticeMessage => ({
  noticeId: notice.id,
  number: notice.number,
  documentId: notice.documentId,
  publishedAt: notice.publishedAt,
  publicUntil: notice.publicUntil,
  listed: notice.text.listed,
  withdrawnAt: notice.withdrawnAt ?? undefined,
  withdrawnReason: notice.withdrawnReason,
  replaces: notice.text.replaces,
  replacedBy: notice.replacedBy,
  state: noticeState(notice, outdated, today),
});

interface Deps {
  readonly transactions: Pick<Transactions<Tx>, 'run'>;
  readonly documents: Pick<DocumentStore<DocumentKind>, 'ofFile'>;
  readonly attachments: Pick<AttachmentRows, 'ofFile'>;
  readonly limits: Pick<Limits<Tx>, 'ofFile'>;
  readonly recounts: LimitStore<Tx>['recounts'];
  readonly deadlineMessage: DeadlineMessages;
  readonly rectifications: Pick<Rectifications<Tx>, 'ofCase'>;
  readonly followUps: Pick<FollowUps<Tx>, 'ofCase'>;
  readonly notices: Pick<Notices<Tx>, 'ofCase'>;
  readonly now: () => Date;
}

/** Reads all parts as of one moment. */
export const readBeside =
  ({ transactions, documents, attachments, limits, recounts, deadlineMessage, rectifications, followUps, notices, now }: Deps) =>
  ({ id: caseId, publicNotice }: Pick<Case, 'id' | 'publicNotice'>): Promise<KeptBeside> =>
    transactions.run(async (tx) => {
      const today = dayOf(now());
      const ofCase = await limits.ofFile(tx, caseId);
      const recounted = await recounts(
        tx,
        ofCase.map(({ id }) => id),
      );
      return {
        documents: (await documents.ofFile(tx, caseId)).map(documentMessage),
        deadlines: ofCase.map((limit) => deadlineMessage(limit, recounted)),
        attachments: (await attachments.ofFile(tx, caseId)).map(attachmentMessage),
        rectifications: (await rectifications.ofCase(tx, caseId)).map(rectificationMessage),
        followUps: (await followUps.ofCase(tx, caseId)).filter(({ cancelled }) => !cancelled).map((one) => followUpMessage(one, ofCase)),
        notices: (await notices.ofCase(tx, caseId)).map((one) => caseNoticeMessage(one, publicNotice?.outdated ?? false, today)),
      };
    });
