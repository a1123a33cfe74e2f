// The present payments and recoveries of an institution as events, for consumers whose topic no longer holds all events.
import { TOPICS, type Body } from '@hengji/contracts';
import type { SubsidyEvent } from '@hengji/contracts/subsidy/v1/subsidy_events';
import { snapshotOf, type SnapshotEvent } from '@hengji/messaging';
import { keyedStretches } from '@hengji/participation';
import type { Recovery } from '../../generated/client';
import type { Tx } from './database';
import { paymentsAfter } from './payment-store';

const ROWS_AT_ONCE = 500;

type Event = SnapshotEvent<SubsidyEvent>;

async function* payments(tx: Tx, institution: string): AsyncGenerator<Event[]> {
  let after = '';
  for (;;) {
    const rows = await paymentsAfter(tx, institution, after, ROWS_AT_ONCE);
    const last = rows.at(-1);
    if (!last) return;
    const fen = rows.reduce((sum, payment) => sum + payment.fen, 0n);
    const body: Body<SubsidyEvent> = { $case: 'paymentsImported', value: { count: rows.length, fen, payments: rows } };
    yield [{ body, occurredAt: new Date(`${rows[0]?.paidOn}T00:00:00+08:00`) }];
    after = last.paymentId;
  }
}

/** Recoveries of one order that were opened (or revoked) at the same time are one event. */
const together = (rows: readonly Recovery[], at: (row: Recovery) => Date): [Recovery, Recovery[]][] =>
  keyedStretches(rows, (row) => JSON.stringify([row.orderId, row.debtor, at(row)])).flatMap(([, same]): [Recovery, Recovery[]][] =>
    same[0] ? [[same[0], same]] : [],
  );

const amountsOf = (rows: readonly Recovery[]): { paymentIds: string[]; fen: bigint; amounts: bigint[] } => ({
  paymentIds: rows.map(({ paymentId }) => paymentId),
  fen: rows.reduce((sum, row) => sum + row.fen, 0n),
  amounts: rows.map(({ fen }) => fen),
});

const opened = (rows: readonly Recovery[]): Event[] =>
  together(rows, ({ openedAt }) => openedAt).map(([{ orderId, debtor, openedAt }, same]) => ({
    body: { $case: 'recoveriesOpened', value: { orderId, debtor, ...amountsOf(same) } },
    occurredAt: openedAt,
    orderId,
  }));

const revokedAt = ({ revokedAt: at, openedAt }: Recovery): Date => at ?? openedAt;

const revoked = (rows: readonly Recovery[]): Event[] =>
  together(rows, revokedAt).map(([first, same]) => ({
    body: { $case: 'recoveriesRevoked', value: { orderId: first.orderId, ...amountsOf(same) } },
    occurredAt: revokedAt(first),
    orderId: first.orderId,
  }));

async function* recoveries(tx: Tx, institution: string, state: 'REVOKED' | 'DRAFT'): AsyncGenerator<Event[]> {
  let after = '';
  for (;;) {
    const where = { institution, state, recoveryId: { gt: after } };
    const rows = await tx.recovery.findMany({ where, orderBy: { recoveryId: 'asc' }, take: ROWS_AT_ONCE });
    const last = rows.at(-1);
    if (!last) return;
    yield [...opened(rows), ...(state === 'REVOKED' ? revoked(rows) : [])];
    after = last.recoveryId;
  }
}

export const subsidySnapshot = snapshotOf<SubsidyEvent, Tx>(TOPICS.subsidy, async function* (tx, institution) {
  yield* payments(tx, institution);
  // A payment may have had a revoked recovery before its present recovery.
  yield* recoveries(tx, institution, 'REVOKED');
  yield* recoveries(tx, institution, 'DRAFT');
});
