// The present certificates of an institution as events, for consumers that keep a copy and whose topic no longer holds all events.
import { TOPICS, type Body } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { snapshotOf, type SnapshotEvent } from '@hengji/messaging';
import { announced } from '../../application/announce';
import type { Certificate as CertificateRow } from '../../generated/client';
import { certificateOf, voidingOf } from './certificate-store';
import type { Tx } from './database';

const ROWS_AT_ONCE = 500;

type Event = SnapshotEvent<CertificateEvent>;

const grouped = <T>(rows: readonly T[], keyOf: (row: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return [...groups.values()];
};

/** Consumers compare the time of issue with the completion of an order, so each event carries certificates of one time only. */
const issuedEvents = (rows: readonly CertificateRow[]): Event[] =>
  grouped(rows, ({ createdAt }) => createdAt.toISOString()).map((same) => {
    const body: Body<CertificateEvent> = {
      $case: 'certificatesIssued',
      value: { certificates: same.map((row) => announced(certificateOf(row))) },
    };
    return { body, occurredAt: same[0]?.createdAt ?? new Date(0) };
  });

const voidedEvents = (rows: readonly CertificateRow[]): Event[] => {
  const voided = rows.flatMap((row) => {
    const voiding = row.state === 'VOIDED' ? voidingOf(row) : undefined;
    return voiding ? [{ number: row.number, ...voiding }] : [];
  });
  return grouped(voided, ({ voidedBy, voidDocumentNo, voidedAt }) => `${voidedBy} ${voidDocumentNo} ${voidedAt.toISOString()}`).flatMap(
    (same) => {
      const [first] = same;
      if (!first) return [];
      const { voidedBy: orderId, voidDocumentNo: documentNo, voidedAt } = first;
      const body: Body<CertificateEvent> = {
        $case: 'certificatesVoided',
        value: { orderId, documentNo, voidedAt, numbers: same.map(({ number }) => number) },
      };
      return [{ body, occurredAt: voidedAt, orderId }];
    },
  );
};

export const certificateSnapshot = snapshotOf<CertificateEvent, Tx>(TOPICS.certificate, async function* (tx, institution) {
  let after = '';
  for (;;) {
    const where = { institution, number: { gt: after } };
    const rows = await tx.certificate.findMany({ where, orderBy: { number: 'asc' }, take: ROWS_AT_ONCE });
    const last = rows.at(-1);
    if (!last) return;
    yield [...issuedEvents(rows), ...voidedEvents(rows)];
    after = last.number;
  }
});
