// proto ↔ use case. What must be asked of certificate is asked before the transaction opens; the answer of a request that
// was carried out is given again whatever certificate says by then, so its refusals are thrown inside `once`.
import type { Recovery } from '@hengji/contracts/subsidy/v1/subsidy';
import { PaySubsidiesRequest, PaySubsidiesResponse, type SubsidyServiceImplementation } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { Refusal } from '@hengji/domain-kit';
import { checkInstitutionCode } from '@hengji/province';
import { once, requestOf } from '@hengji/messaging';
import { guardTime } from '@hengji/participation';
import { importPayments } from '../../application/import-payments';
import { paySubsidies } from '../../application/pay-subsidies';
import type { Ports } from '../../application/ports';
import { checkPayer } from '../../domain/actor';
import { checkNewPayments } from '../../domain/payment';
import type { Recovery as RecoveryRow } from '../../generated/client';
import type { CertificateClient } from '../clients/certificate';
import type { Database, Tx } from '../store/database';
import { countPayments, listPayments, listRecoveries } from '../store/payment-store';
import { ASCII_CURSOR, nextOf, pageOf } from '@hengji/host';

export interface ServerDeps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
  readonly certificates: Pick<CertificateClient, 'factsOf'>;
}

/** A thousand rows and a busy disk: more than Prisma's five seconds. */
const WRITE_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;

const MOST_ORDER_ID = 100;

/** Refuses `institution.code_invalid`; an empty code passes where it means all. */
const checkInstitution = (code: string, { emptyMeansAll }: { emptyMeansAll: boolean }): void => {
  if (code !== '' || !emptyMeansAll) checkInstitutionCode(code, 'institution');
};

const checkOrderId = (orderId: string): void => {
  if (orderId.length <= MOST_ORDER_ID && /^[\x20-\x7e]*$/.test(orderId)) return;
  throw new Refusal('invalid', 'order.id_invalid', '处理决定编号格式不正确', { field: 'order_id', rule: 'subsidy.v1' });
};

const recoveryMessage = ({ recoveryId, orderId, paymentId, debtor, fen, state, openedAt }: RecoveryRow): Recovery => ({
  recoveryId,
  orderId,
  paymentId,
  debtor,
  fen,
  state: state as Recovery['state'],
  openedAt: openedAt.toISOString(),
});

type Reads = Pick<SubsidyServiceImplementation, 'listPayments' | 'listRecoveries' | 'countPayments'>;

const reads = (db: Database): Reads => ({
  listPayments: async (request) => {
    checkInstitution(request.institution, { emptyMeansAll: false });
    const page = pageOf(request.page, ASCII_CURSOR);
    const payments = await listPayments(db, request.institution, page);
    return { payments, next: nextOf(payments, page, ({ paymentId }) => paymentId) };
  },
  listRecoveries: async (request) => {
    checkInstitution(request.institution, { emptyMeansAll: true });
    checkOrderId(request.orderId);
    const page = pageOf(request.page, ASCII_CURSOR);
    const recoveries = await listRecoveries(db, request, page);
    return { recoveries: recoveries.map(recoveryMessage), next: nextOf(recoveries, page, ({ recoveryId }) => recoveryId) };
  },
  countPayments: async ({ institution }) => {
    checkInstitution(institution, { emptyMeansAll: true });
    return countPayments(db, institution);
  },
});

export const subsidyServer = ({ db, ports, certificates }: ServerDeps): SubsidyServiceImplementation => ({
  ...reads(db),
  paySubsidies: async (request) => {
    checkPayer(request.actor);
    const payments = checkNewPayments(request.payments);
    const askedAt = await guardTime(db);
    const facts = await certificates.factsOf(payments.map(({ certificateNumber }) => certificateNumber));
    const what = requestOf('PaySubsidies', PaySubsidiesRequest, { ...request, requestId: '' });
    return db.$transaction(
      (tx) =>
        once(tx, request.requestId, what, PaySubsidiesResponse, async () => ({
          payments: await paySubsidies(ports)(tx, { payments, certificates: facts, askedAt }),
        })),
      WRITE_LIMITS,
    );
  },
  // Each message is one transaction, acknowledged once committed. A faulty one is refused whole and ends the stream.
  importPayments: async function* (requests) {
    for await (const { payments } of requests) {
      yield await db.$transaction((tx) => importPayments(ports)(tx, payments), WRITE_LIMITS);
    }
  },
});
