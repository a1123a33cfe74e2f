// What each measure asks of whom (处理措施 → 台账行), written here a second time by hand and on purpose: enforcement's key alone
// could sign an order that names measures and asks for nothing, or for half of it. A certificate is therefore held against
// this table and not against what its own order says. apps/enforcement/test/verifier-table.spec.ts proves the two tables equal.

export interface Step {
  readonly service: string;
  readonly effect: string;
  /** The row starts when the row of this effect is done, if the order has one. */
  readonly after?: string;
  /** The same when it is taken back. */
  readonly undoAfter?: string;
}

/** In the order in which the rows stand in the ledger. */
export const DEMANDS: Readonly<Record<string, readonly Step[]>> = {
  STOP_EVALUATION: [
    { service: 'approval', effect: 'HOLD_FILING' },
    { service: 'exam', effect: 'HOLD_PLANS' },
    { service: 'certificate', effect: 'HOLD_ISSUING', undoAfter: 'VOID_CERTIFICATES' },
    { service: 'subsidy', effect: 'HOLD_PAYMENTS', undoAfter: 'OPEN_RECOVERIES' },
  ],
  CANCEL_RESULTS: [{ service: 'exam', effect: 'CANCEL_RESULTS' }],
  VOID_CERTIFICATES: [
    { service: 'certificate', effect: 'VOID_CERTIFICATES', undoAfter: 'CANCEL_RESULTS' },
    { service: 'approval', effect: 'PUBLISH_NOTICE', after: 'VOID_CERTIFICATES', undoAfter: 'VOID_CERTIFICATES' },
  ],
  WITHDRAW_UPLOADS: [{ service: 'exchange', effect: 'WITHDRAW_UPLOADS', after: 'VOID_CERTIFICATES', undoAfter: 'VOID_CERTIFICATES' }],
  RECOVER_SUBSIDIES: [{ service: 'subsidy', effect: 'OPEN_RECOVERIES', after: 'VOID_CERTIFICATES', undoAfter: 'VOID_CERTIFICATES' }],
  RECTIFY: [{ service: 'approval', effect: 'SHOW_RECTIFICATION' }],
  REMOVE_FROM_DIRECTORY: [
    { service: 'approval', effect: 'REMOVE_FILING' },
    { service: 'exam', effect: 'CLOSE_PLANS', undoAfter: 'REMOVE_FILING' },
  ],
  TRANSFER_TO_DISCIPLINE: [{ service: 'exchange', effect: 'TRANSFER_TO_DISCIPLINE' }],
  TRANSFER_TO_POLICE: [{ service: 'exchange', effect: 'TRANSFER_TO_POLICE' }],
};

/** Told of every order that does more than hand a case over; of no measure in particular. */
export const NOTICES: readonly Step[] = [
  { service: 'exchange', effect: 'NOTIFY_POLICE' },
  { service: 'exchange', effect: 'NOTIFY_MARKET_REGULATOR' },
];

/** The measures that only hand a case over: no fence, no notice. */
export const TRANSFERS: readonly string[] = ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'];

/** What is compared between two services once both have their row done. */
export const CROSS_CHECKS: Readonly<Record<string, { readonly from: string; readonly against: string }>> = {
  CANCELLED_RESULT_VALID_CERTIFICATE: { from: 'CANCEL_RESULTS', against: 'VOID_CERTIFICATES' },
  VOID_CERTIFICATE_STANDING_RESULT: { from: 'VOID_CERTIFICATES', against: 'CANCEL_RESULTS' },
  VOID_CERTIFICATE_STANDING_UPLOAD: { from: 'VOID_CERTIFICATES', against: 'WITHDRAW_UPLOADS' },
  VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY: { from: 'VOID_CERTIFICATES', against: 'OPEN_RECOVERIES' },
  REMOVED_FILING_OPEN_PLAN: { from: 'REMOVE_FILING', against: 'CLOSE_PLANS' },
};

/** These hold a scope, however many records it comes to concern; their receipt has one leaf, the hold. */
export const HOLDS: readonly string[] = ['HOLD_FILING', 'HOLD_PLANS', 'HOLD_ISSUING', 'HOLD_PAYMENTS'];

/**
 * These work on exactly the records that were signed, no more and no fewer. The others may find fewer: an upload that never stood
 * at the ministry, a plan that had ended.
 */
export const EXACT: readonly string[] = [
  'CANCEL_RESULTS',
  'VOID_CERTIFICATES',
  'PUBLISH_NOTICE',
  'SHOW_RECTIFICATION',
  'NOTIFY_POLICE',
  'NOTIFY_MARKET_REGULATOR',
  'TRANSFER_TO_DISCIPLINE',
  'TRANSFER_TO_POLICE',
];

export const SERVICES: readonly string[] = ['approval', 'certificate', 'exam', 'exchange', 'subsidy'];

const ALL_STEPS: readonly Step[] = [...Object.values(DEMANDS).flat(), ...NOTICES];

/** The service whose effect it is; undefined for a word that is no effect. */
export const ownerOf = (effect: string): string | undefined => ALL_STEPS.find((step) => step.effect === effect)?.service;

export const isTransfer = (measures: readonly string[]): boolean => measures.every((measure) => TRANSFERS.includes(measure));

/** One row as a decision must ask it; its facts in one text, to be compared. */
export interface Demand {
  readonly row: string;
  readonly measure: string;
  readonly service: string;
  readonly effect: string;
  readonly afterRow: string;
  readonly undoesRow: string;
}

type Unnumbered = Omit<Demand, 'row' | 'afterRow'> & { readonly waitsFor: string | undefined };

const numbered = (rows: readonly Unnumbered[], before: number): Demand[] =>
  rows.map(({ waitsFor, ...row }, i) => {
    const at = rows.findIndex(({ effect }) => effect === waitsFor);
    return { ...row, row: String(before + i + 1), afterRow: at < 0 ? '0' : String(before + at + 1) };
  });

/** The rows of an order with these measures. */
export const demandedBy = (measures: readonly string[]): Demand[] => {
  const asked = Object.entries(DEMANDS).filter(([measure]) => measures.includes(measure));
  const steps = asked.flatMap(([measure, all]) => all.map((step) => ({ measure, step })));
  const notices = isTransfer(measures) ? [] : NOTICES.map((step) => ({ measure: '', step }));
  return numbered(
    [...steps, ...notices].map(({ measure, step: { service, effect, after } }) => ({
      ...{ measure, service, effect, undoesRow: '0', waitsFor: after },
    })),
    0,
  );
};

/** The undo rows of a lifting of these measures, numbered on after `before` rows: one for each row of theirs, and for each notice. */
export const undoDemandedBy = (order: readonly Demand[], measures: readonly string[], before: number): Demand[] =>
  numbered(
    order
      .filter(({ measure }) => measure === '' || measures.includes(measure))
      .map(({ row, measure, service, effect }) => ({
        ...{ measure, service, effect, undoesRow: row, waitsFor: ALL_STEPS.find((step) => step.effect === effect)?.undoAfter },
      })),
    before,
  );

const factsOf = ({ row, measure, service, effect, afterRow, undoesRow }: Demand): string =>
  [row, measure, service, effect, afterRow, undoesRow].join('|');

/** Whether these are exactly the rows demanded, in their order. */
export const isDemanded = (rows: readonly Demand[], demanded: readonly Demand[]): boolean =>
  rows.length > 0 && rows.length === demanded.length && rows.every((row, i) => factsOf(row) === factsOf(demanded[i] as Demand));

/** A check that an order calls for, between two of its rows. */
export interface CrossCheck {
  readonly check: string;
  readonly from: Demand;
  readonly against: Demand;
}

/** The cross-checks that an order with these rows calls for. */
export const crossChecksOf = (rows: readonly Demand[]): CrossCheck[] =>
  Object.entries(CROSS_CHECKS).flatMap(([check, effects]) => {
    const from = rows.find(({ effect }) => effect === effects.from);
    const against = rows.find(({ effect }) => effect === effects.against);
    return from && against ? [{ check, from, against }] : [];
  });
