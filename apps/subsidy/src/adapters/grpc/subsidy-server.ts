// Maps proto messages to use cases. Calls to certificate and approval come before the transaction. A repeated request gets its stored
// answer, whatever certificate answers by then; so refusals of this data are thrown inside `once`.
import type { Payment, Recovery } from '@hengji/contracts/subsidy/v1/subsidy';
import {
  type ListPaymentsRequest,
  type ListRecoveriesRequest,
  PaySubsidiesRequest,
  PaySubsidiesResponse,
  type SubsidyServiceImplementation,
} from '@hengji/contracts/subsidy/v1/subsidy_service';
import { Refusal } from '@hengji/domain-kit';
import { inOrder, readList, type CallerContext } from '@hengji/host';
import { earlierQuery, guardTime, placesOf, territoryOf } from '@hengji/participation';
import { EVERYWHERE, onBatch, recorded, recordedOnce } from '@hengji/procedure';
import { checkInstitutionCode, typedNumber, typedOccupationCode } from '@hengji/province';
import { importPayments } from '../../application/import-payments';
import { paySubsidies } from '../../application/pay-subsidies';
import type { Ports } from '../../application/ports';
import { checkPayer } from '../../domain/actor';
import { checkNewPayments } from '../../domain/payment';
import type { Recovery as RecoveryRow } from '../../generated/client';
import type { ApprovalClient } from '../clients/approval';
import type { CertificateClient } from '../clients/certificate';
import type { Database, Tx } from '../store/database';
import { doing, doingOnce } from './acts';
import { countPayments, findPayments, findRecoveries, findRecovery } from '../store/payment-store';
import { PAYMENT_LIST, PAYMENT_PLACE, RECOVERY_LIST, RECOVERY_PLACE } from '../store/subsidy-lists';

export interface ServerDeps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
  readonly certificates: Pick<CertificateClient, 'factsOf'>;
  readonly approval: Pick<ApprovalClient, 'obstaclesOf'>;
}

/** Longer than Prisma's five seconds, for a thousand rows on a busy disk. */
const WRITE_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;

const MOST_ORDER_ID = 100;

/** Refuses `institution.code_invalid`; an empty code is accepted where it means all. */
const institutionAsked = (code: string, { emptyMeansAll }: { emptyMeansAll: boolean }): string =>
  code === '' && emptyMeansAll ? '' : checkInstitutionCode(code, 'institution');

const checkOrderId = (orderId: string): void => {
  if (orderId.length <= MOST_ORDER_ID && /^[\x20-\x7e]*$/.test(orderId)) return;
  throw new Refusal('invalid', 'order.id_invalid', '处理决定编号格式不正确', { field: 'order_id', rule: 'subsidy.v1' });
};

const recoveryMessage = ({ recoveryId, orderId, paymentId, institution, debtor, fen, fundSource, ...row }: RecoveryRow): Recovery => ({
  recoveryId,
  orderId,
  paymentId,
  debtor,
  fen,
  state: row.state as Recovery['state'],
  openedAt: row.openedAt.toISOString(),
  fundSource: (fundSource ?? 'UNSPECIFIED') as Recovery['fundSource'],
  institution,
  revokedAt: row.revokedAt?.toISOString() ?? '',
});

type Server = SubsidyServiceImplementation<CallerContext>;
type Reads = Pick<Server, 'listPayments' | 'listRecoveries' | 'getRecovery' | 'countPayments'>;

// Without a query the request is a list by id, as gateways of older versions send it.
const paymentsAsked = ({ actor, query, institution, page }: ListPaymentsRequest) => {
  if (query) return { query, territory: territoryOf(actor, PAYMENT_PLACE) };
  const asked = { institution: institutionAsked(institution, { emptyMeansAll: false }) };
  return { query: earlierQuery(page, asked), territory: EVERYWHERE };
};
const recoveriesAsked = ({ actor, query, institution, orderId, page }: ListRecoveriesRequest) => {
  if (query) return { query, territory: territoryOf(actor, RECOVERY_PLACE) };
  const asked = { institution: institutionAsked(institution, { emptyMeansAll: true }), orderId };
  checkOrderId(orderId);
  return { query: earlierQuery(page, asked), territory: EVERYWHERE };
};

/** Codes and numbers as a file has them: in lower case, with spaces or hyphens. */
const typedPayment = (payment: Payment): Payment => ({
  ...payment,
  certificateNumber: typedNumber(payment.certificateNumber),
  institution: typedNumber(payment.institution),
  occupation: typedOccupationCode(payment.occupation),
});

const institutionOf = ({ institution }: { readonly institution: string }): string => institution;

const reads = (db: Database): Reads => ({
  listPayments: async (request) => {
    const { query, territory } = paymentsAsked(request);
    const { keys, next, total } = await readList(db, PAYMENT_LIST, query, territory);
    const payments = inOrder(keys, await findPayments(db, keys), ({ paymentId }) => paymentId);
    return { payments, next, total, institutions: await placesOf(db, payments.map(institutionOf)) };
  },
  listRecoveries: async (request) => {
    const { query, territory } = recoveriesAsked(request);
    const { keys, next, total } = await readList(db, RECOVERY_LIST, query, territory);
    const recoveries = inOrder(keys, await findRecoveries(db, keys), ({ recoveryId }) => recoveryId);
    const institutions = await placesOf(db, recoveries.map(institutionOf));
    return { recoveries: recoveries.map(recoveryMessage), next, total, institutions };
  },
  getRecovery: async ({ recoveryId }) => {
    const found = await findRecovery(db, recoveryId);
    if (!found) throw new Refusal('notFound', 'recovery.unknown', '没有这个追缴单', { field: 'recovery_id', rule: 'rules §6.3' });
    const { recovery, payment, demands } = found;
    return {
      recovery: recoveryMessage(recovery),
      payment,
      demands: demands.map(({ orderId, epoch, liftedAt }) => ({ orderId, epoch, liftedAt: liftedAt?.toISOString() ?? '' })),
      openedBy: recovery.recoveryId.slice(0, -`-${recovery.paymentId}`.length),
      institution: (await placesOf(db, [recovery.institution]))[0],
    };
  },
  countPayments: ({ institution }) => countPayments(db, institutionAsked(institution, { emptyMeansAll: true })),
});

export const subsidyServer = ({ db, ports, certificates, approval }: ServerDeps): Server => ({
  ...reads(db),
  paySubsidies: async (request, call) => {
    checkPayer(request.actor);
    const payments = checkNewPayments(
      request.payments.map((payment) => ({ ...payment, certificateNumber: typedNumber(payment.certificateNumber) })),
    );
    const askedAt = await guardTime(db);
    const facts = await certificates.factsOf(payments.map(({ certificateNumber }) => certificateNumber));
    const obstacles = await approval.obstaclesOf([...facts.values()]);
    const done = doingOnce('paySubsidies', PaySubsidiesRequest, request, call);
    return db.$transaction(
      (tx) =>
        recordedOnce(tx, done, PaySubsidiesResponse, async () => {
          const paid = await paySubsidies(ports)(tx, { payments, certificates: facts, obstacles, askedAt });
          return { answer: { payments: paid }, ...onBatch(paid.map(({ paymentId: id, institution }) => ({ id, institution }))) };
        }),
      WRITE_LIMITS,
    );
  },
  // Each message is one transaction, acknowledged after its commit. A faulty message is refused as a whole and ends the stream.
  importPayments: async function* (requests, call) {
    for await (const request of requests) {
      const payments = request.payments.map(typedPayment);
      const records = payments.map(({ paymentId: id, institution }) => ({ id, institution }));
      const work = async (tx: Tx) => ({ answer: await importPayments(ports)(tx, payments), ...onBatch(records) });
      yield await db.$transaction((tx) => recorded(tx, doing('importPayments', {}, call), () => work(tx)), WRITE_LIMITS);
    }
  },
});
