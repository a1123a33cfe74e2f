// Checks between services (跨服务核对): two services may each have done their part and still contradict each other, because
// their records of one evaluation differ. A check takes the records that one row changed and asks the service of another row
// for records that should not exist. A check is made only if the order has both rows: without M5 no recovery is demanded for a
// void certificate. The names of the checks equal those in the services (CROSS_CHECKS there).
import type { Effect, Service } from '../cascade';
import type { Row } from '../ledger';
import { liftedParts } from '../liftings';
import { rowsInForce, type Order } from '../order';
import type { Scope } from '../scope';

/** `link`: the name that one service uses for the records of the other; checks with the same link share one reading. */
export const CROSS_CHECKS = {
  CANCELLED_RESULT_VALID_CERTIFICATE: { from: 'CANCEL_RESULTS', against: 'VOID_CERTIFICATES', link: 'result' },
  VOID_CERTIFICATE_STANDING_RESULT: { from: 'VOID_CERTIFICATES', against: 'CANCEL_RESULTS', link: 'result' },
  VOID_CERTIFICATE_STANDING_UPLOAD: { from: 'VOID_CERTIFICATES', against: 'WITHDRAW_UPLOADS', link: 'certificate' },
  VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY: { from: 'VOID_CERTIFICATES', against: 'OPEN_RECOVERIES', link: 'certificate' },
  REMOVED_FILING_OPEN_PLAN: { from: 'REMOVE_FILING', against: 'CLOSE_PLANS', link: 'institution' },
} as const satisfies Record<string, { from: Effect; against: Effect; link: string }>;

export type CheckWord = keyof typeof CROSS_CHECKS;
export const CHECK_WORDS = Object.keys(CROSS_CHECKS) as CheckWord[];

/** A check of one order: its two rows, and the scopes that were lifted from either since. */
export interface AskedCheck {
  readonly check: CheckWord;
  readonly link: string;
  readonly from: Row;
  readonly against: Row;
  readonly without: readonly Scope[];
}

/** The result of a check; `checked` records were compared. */
export interface Found {
  readonly checked: bigint;
  readonly contradictions: bigint;
  readonly sample: readonly string[];
}

/** Findings by check; a check without an answer is absent. */
export type Findings = ReadonlyMap<CheckWord, Found>;

/** The last result of a check, stored with the order. */
export interface CrossCheck extends Found {
  readonly check: CheckWord;
  readonly from: Service;
  readonly against: Service;
  readonly at: Date;
}

/** The checks of the order now; none during a lifting. */
export const checksOf = (order: Order): AskedCheck[] => {
  const rows = rowsInForce(order).filter((row) => row.undoesRow === 0);
  const parts = liftedParts(order);
  return CHECK_WORDS.flatMap((check) => {
    const { link, ...spec } = CROSS_CHECKS[check];
    const from = rows.find((row) => row.target.effect === spec.from);
    const against = rows.find((row) => row.target.effect === spec.against);
    if (!from || !against) return [];
    const without = parts.filter((part) => part.rows.includes(from.number) || part.rows.includes(against.number)).map((part) => part.scope);
    return [{ check, link, from, against, without }];
  });
};

/** True when every check of the order has an answer. */
export const isAnswered = (order: Order, findings: Findings): boolean => checksOf(order).every(({ check }) => findings.has(check));

/** The results in the order of the table, as stored with the order. */
export const crossChecksOf = (order: Order, findings: Findings, now: Date): CrossCheck[] =>
  checksOf(order).flatMap(({ check, from, against }) => {
    const found = findings.get(check);
    return found ? [{ ...found, check, from: from.target.service, against: against.target.service, at: now }] : [];
  });

export const contradictionsIn = (checks: readonly CrossCheck[]): bigint =>
  checks.reduce((sum, { contradictions }) => sum + contradictions, 0n);
