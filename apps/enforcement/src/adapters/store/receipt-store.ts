// Receipts and certificates, stored permanently: rows are added and never changed, so that an earlier receipt can be shown
// after its row was asked again.
import { createHash } from 'node:crypto';
import { canonical, type Signer } from '@hengji/host';
import type { Certificates, Receipts } from '../../application/proof/ports';
import type { Report } from '../../domain/ledger';
import type { Order } from '../../domain/order';
import { completionStatement, receiptStatementOf, signatureJson } from '../statements';
import { attestationStore } from './attestation-store';
import type { Database, Tx } from './database';
import { filedOf } from './filed-store';

/**
 * A receipt as received, statement and signature, as JSON; empty for other reports. A receipt that does not fit a row is stored
 * unchanged.
 */
export const contentOf = (order: Order | undefined, report: Report): string => {
  if (report.kind !== 'reported') return '';
  const { signature, root, ...receipt } = report.receipt;
  const row = order?.rows.find(({ number }) => number === report.row);
  const statement = (order && row && receiptStatementOf(order, { ...row, receipt: report.receipt })) ?? {
    ...receipt,
    root: Buffer.from(root).toString('hex'),
    epoch: report.epoch,
    service: report.service,
  };
  return JSON.stringify({ statement, signature: signature && signatureJson(signature) }, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
};

export const keepReceipt: Receipts<Tx>['keep'] = async (tx, { eventId, order, report, receivedAt }) => {
  const content = contentOf(order, report);
  const data = { eventId, orderId: order.id, row: report.row, content, receivedAt };
  await tx.keptReceipt.createMany({ data, skipDuplicates: true });
};

/** Certificates signed by enforcement's key; versions count up from 1 under the lock of the order's change. */
export const certificateStore = (db: Database, signer: Signer): Certificates<Tx> => ({
  issue: async (tx, order, issuedAt) => {
    const last = await tx.completionCertificate.aggregate({ where: { orderId: order.id }, _max: { version: true } });
    const version = (last._max.version ?? 0) + 1;
    const attested = await attestationStore.of(tx, order.id);
    const filed = await filedOf(tx, order);
    const statement = completionStatement(order, [...attested.values()].flat(), { version, issuedAt, filed });
    const json = canonical({ statement, signature: signatureJson(signer.sign(statement)) });
    const sha256 = createHash('sha256').update(json).digest('hex');
    await tx.completionCertificate.create({ data: { orderId: order.id, version, json, sha256, issuedAt } });
  },
  find: async (orderId) => (await db.completionCertificate.findFirst({ where: { orderId }, orderBy: { version: 'desc' } })) ?? undefined,
});
