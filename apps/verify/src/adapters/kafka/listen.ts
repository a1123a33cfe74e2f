// The events that verify consumes: certificates, orders that void them, names of institutions. Each topic is read whole at the start.
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import type { EnforcementEvent, OrderIssued, OrderLifted } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { EventMeta } from '@hengji/contracts/meta/v1/meta';
import { covers } from '@hengji/participation';
import type { CertificateTable } from '../../domain/certificate-table';
import type { VoidOrders } from '../../domain/void-orders';

export interface Listening {
  readonly table: CertificateTable;
  readonly orders: VoidOrders;
  readonly names: Map<string, string>;
}

const metaOf = (meta: EventMeta | undefined): EventMeta => {
  if (!meta) throw new Error('event without meta');
  return meta;
};

const voids = (event: Pick<OrderIssued | OrderLifted, 'rows'>, undo: boolean): boolean =>
  event.rows.some((row) => row.effect?.$case === 'certificate' && row.effect.value === 'VOID_CERTIFICATES' && row.undo === undo);

/** Applies certificate.v1 to the table. */
export const onCertificate = ({ table }: Listening, { meta, body }: CertificateEvent): void => {
  const at = metaOf(meta).occurredAt ?? new Date(0);
  switch (body?.$case) {
    case 'certificatesIssued':
    case 'certificatesImported':
      for (const certificate of body.value.certificates) table.put(certificate, at.getTime());
      return;
    case 'certificatesVoided': {
      const { orderId, documentNo, voidedAt, numbers } = body.value;
      const voiding = { orderId, documentNo, since: voidedAt ?? at };
      for (const number of numbers) table.void(number, voiding);
      return;
    }
    case 'certificatesReinstated':
      for (const number of body.value.numbers) table.reinstate(number);
      return;
    case 'issuingHeld':
    case 'issuingReleased':
    case undefined:
  }
};

const issue = ({ orders }: Listening, order: OrderIssued): void => {
  const { orderId, documentNo, scope, signedAt } = order;
  if (!scope || !voids(order, false)) return;
  orders.issue({
    orderId,
    documentNo,
    institution: scope.institution,
    signedAt: signedAt ?? new Date(0),
    covers: (entry) => covers(scope, { ...entry, certificateNumber: entry.number }),
  });
};

/** A lifted part no longer belongs to the order; the rest of the order stays in force. */
const lift = ({ orders }: Listening, lifting: OrderLifted): void => {
  const { orderId, partial, scope } = lifting;
  if (!voids(lifting, true)) return;
  if (partial && scope) orders.lift(orderId, (entry) => covers(scope, { ...entry, certificateNumber: entry.number }));
  else orders.lift(orderId);
};

/** enforcement.v1: an order that voids is in force from its signature on. */
export const onEnforcement = (listening: Listening, { meta, body }: EnforcementEvent): void => {
  switch (body?.$case) {
    case 'orderIssued':
      return issue(listening, body.value);
    case 'orderLifted':
      return lift(listening, body.value);
    case 'orderCompleted':
      if (!body.value.lifted)
        listening.orders.complete(body.value.orderId, body.value.completedAt ?? metaOf(meta).occurredAt ?? new Date(0));
      return;
    case 'rowReleased':
    case 'rowOverdue':
    case 'orderReopened':
    case 'orderSuspended':
    case 'orderResumed':
    case 'caseAdvanced':
    case 'deadlineNearing':
    case 'deadlinePassed':
    case 'decisionPublished':
    case 'decisionListed':
    case 'decisionWithdrawn':
    case undefined:
  }
};

/** approval.v1: the institutions' names. */
export const onApproval = ({ names }: Listening, { body }: ApprovalEvent): void => {
  if (body?.$case === 'institutionFiled' && body.value.institution) names.set(body.value.institution.code, body.value.institution.name);
};
