// Checks that the answer of another service holds the requested record; an empty answer means that the record does not exist.
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import type { Attachment, Case, Document } from '@hengji/contracts/enforcement/v1/case';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Payment, Recovery } from '@hengji/contracts/subsidy/v1/subsidy';
import type { GetRecoveryResponse } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { Remedy } from '@hengji/contracts/enforcement/v1/remedy';
import { Refusal } from '@hengji/domain-kit';

/** A recovery with its payment. */
export interface KnownRecovery extends GetRecoveryResponse {
  recovery: Recovery;
  payment: Payment;
}

export const unknownDocument = (): Refusal => new Refusal('notFound', 'document.unknown', '没有这份文书', { field: 'id' });
export const unknownAttachment = (): Refusal => new Refusal('notFound', 'attachment.unknown', '没有这个附件', { field: 'attachmentId' });
export const unknownRecovery = (): Refusal => new Refusal('notFound', 'recovery.unknown', '没有这个追缴单', { field: 'id' });
export const unknownOrder = (): Refusal => new Refusal('notFound', 'order.unknown', '没有这个处理决定', { field: 'id' });

export const knownInstitution = ({ institution }: { institution?: Institution | undefined }): Institution => {
  if (!institution) throw new Refusal('notFound', 'institution.unknown', '没有这个机构', { field: 'code' });
  return institution;
};

export const knownOrder = ({ order }: { order?: Order | undefined }): Order => {
  if (!order) throw unknownOrder();
  return order;
};

export const knownCase = ({ case: found }: { case?: Case | undefined }): Case => {
  if (!found) throw new Refusal('notFound', 'case.unknown', '没有这个案件', { field: 'id' });
  return found;
};

export const knownRecovery = (answer: GetRecoveryResponse): KnownRecovery => {
  const { recovery, payment } = answer;
  if (!recovery || !payment) throw unknownRecovery();
  return { ...answer, recovery, payment };
};

export const knownRemedy = ({ remedy }: { remedy?: Remedy | undefined }): Remedy => {
  if (!remedy) throw new Refusal('notFound', 'remedy.unknown', '没有这件复议、诉讼', { field: 'id' });
  return remedy;
};

export const knownDocument = ({ document }: { document?: Document | undefined }): Document => {
  if (!document) throw unknownDocument();
  return document;
};

export const knownAttachment = ({ attachment }: { attachment?: Attachment | undefined }): Attachment => {
  if (!attachment) throw unknownAttachment();
  return attachment;
};
