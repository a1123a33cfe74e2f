// The table of the whole platform: which measure asks which effect of which service. The code reads the table when an order is
// drafted and when it is lifted. A drafted order stores its rows, so an older order keeps the table of its day. A step with an
// effect of another service, or a measure without steps, does not compile.
// Basis: N3.5b, N3.5c; rules §7.1 (measures), §7.9 (what needs what).

/** The effects that each service can be asked for, as named in proto/hengji/enforcement/v1/order.proto. */
export const EFFECTS = {
  approval: ['HOLD_FILING', 'PUBLISH_NOTICE', 'SHOW_RECTIFICATION', 'REMOVE_FILING'],
  exam: ['HOLD_PLANS', 'CANCEL_RESULTS', 'CLOSE_PLANS'],
  certificate: ['HOLD_ISSUING', 'VOID_CERTIFICATES'],
  subsidy: ['HOLD_PAYMENTS', 'OPEN_RECOVERIES'],
  exchange: ['WITHDRAW_UPLOADS', 'NOTIFY_POLICE', 'NOTIFY_MARKET_REGULATOR', 'TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'],
} as const;

export type Service = keyof typeof EFFECTS;
export const SERVICES = Object.keys(EFFECTS) as readonly Service[];

type EffectOf<S extends Service> = (typeof EFFECTS)[S][number];
export type Effect = EffectOf<Service>;

/** One effect with the one service that has this effect. */
export type Target = { [S in Service]: { readonly service: S; readonly effect: EffectOf<S> } }[Service];

const isTarget = (pair: { service: string; effect: string }): pair is Target =>
  Object.entries(EFFECTS).some(([service, effects]) => service === pair.service && effects.some((effect) => effect === pair.effect));

/** Combines a service with one of its effects; any other pair is a defect. */
export const toTarget = (service: string, effect: string): Target => {
  const pair = { service, effect };
  if (!isTarget(pair)) throw new Error(`${service} has no effect ${effect}`);
  return pair;
};

/**
 * One effect that a measure asks for. Each step can be undone, by the same service and within the same limit.
 * `after`: the step starts after the receipt of that effect, if the order has that effect.
 * `undoAfter`: the same for the undo row, when the order is lifted.
 */
export type Step = Target & { readonly after?: Effect; readonly undoAfter?: Effect; readonly withinMinutes: number };

/** The measures of an order; the rows of the ledger have the same order. */
export const MEASURES = [
  'STOP_EVALUATION',
  'CANCEL_RESULTS',
  'VOID_CERTIFICATES',
  'WITHDRAW_UPLOADS',
  'RECOVER_SUBSIDIES',
  'RECTIFY',
  'REMOVE_FROM_DIRECTORY',
  'TRANSFER_TO_DISCIPLINE',
  'TRANSFER_TO_POLICE',
] as const;

export type Measure = (typeof MEASURES)[number];

export const CASCADE = {
  // M1 立即停止评价. The holds of issuing and paying are undone last, so that nothing is issued or paid twice during the
  // restoring.
  STOP_EVALUATION: [
    { service: 'approval', effect: 'HOLD_FILING', withinMinutes: 5 },
    { service: 'exam', effect: 'HOLD_PLANS', withinMinutes: 5 },
    { service: 'certificate', effect: 'HOLD_ISSUING', undoAfter: 'VOID_CERTIFICATES', withinMinutes: 5 },
    { service: 'subsidy', effect: 'HOLD_PAYMENTS', undoAfter: 'OPEN_RECOVERIES', withinMinutes: 5 },
  ],
  // M2 取消评价结果
  CANCEL_RESULTS: [{ service: 'exam', effect: 'CANCEL_RESULTS', withinMinutes: 30 }],
  // M3 宣布证书作废. A certificate is restored only after its result is restored.
  VOID_CERTIFICATES: [
    { service: 'certificate', effect: 'VOID_CERTIFICATES', undoAfter: 'CANCEL_RESULTS', withinMinutes: 30 },
    { service: 'approval', effect: 'PUBLISH_NOTICE', after: 'VOID_CERTIFICATES', undoAfter: 'VOID_CERTIFICATES', withinMinutes: 60 },
  ],
  // M4 撤销上传证书数据. The ministry's platform may take a day.
  WITHDRAW_UPLOADS: [
    { service: 'exchange', effect: 'WITHDRAW_UPLOADS', after: 'VOID_CERTIFICATES', undoAfter: 'VOID_CERTIFICATES', withinMinutes: 1440 },
  ],
  // M5 追回相应补贴资金
  RECOVER_SUBSIDIES: [
    { service: 'subsidy', effect: 'OPEN_RECOVERIES', after: 'VOID_CERTIFICATES', undoAfter: 'VOID_CERTIFICATES', withinMinutes: 60 },
  ],
  // M6 责令限期整改
  RECTIFY: [{ service: 'approval', effect: 'SHOW_RECTIFICATION', withinMinutes: 60 }],
  // M7 移出目录. Plans are reopened only after the institution is in the directory again.
  REMOVE_FROM_DIRECTORY: [
    { service: 'approval', effect: 'REMOVE_FILING', withinMinutes: 5 },
    { service: 'exam', effect: 'CLOSE_PLANS', undoAfter: 'REMOVE_FILING', withinMinutes: 30 },
  ],
  // M8 移交有关部门, M9 移交公安机关: 24 hours, 国务院令310号 §5. The undo row notifies the agency; the agency keeps the
  // documents.
  TRANSFER_TO_DISCIPLINE: [{ service: 'exchange', effect: 'TRANSFER_TO_DISCIPLINE', withinMinutes: 1440 }],
  TRANSFER_TO_POLICE: [{ service: 'exchange', effect: 'TRANSFER_TO_POLICE', withinMinutes: 1440 }],
} as const satisfies Record<Measure, readonly Step[]>;

/** The measures that only transfer a case to another body. */
export const TRANSFERS: readonly Measure[] = ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'];

/**
 * Whether the order only transfers a case. Such an order changes no records and takes no fence: a fence would stop the
 * institution for as long as the receiving body's system is down. Only the receiving body is notified of the suspicion.
 */
export const isTransfer = (measures: readonly Measure[]): boolean =>
  measures.length > 0 && measures.every((measure) => TRANSFERS.includes(measure));

/** 公安 and 市场监管 are notified of every order that changes records, and of its lifting. */
export const NOTICES = [
  { service: 'exchange', effect: 'NOTIFY_POLICE', withinMinutes: 1440 },
  { service: 'exchange', effect: 'NOTIFY_MARKET_REGULATOR', withinMinutes: 1440 },
] as const satisfies readonly Step[];

/** Rules §7.9: no void certificate while its result is valid; no withdrawal or recovery without a void certificate. */
export const MEASURE_NEEDS = {
  VOID_CERTIFICATES: 'CANCEL_RESULTS',
  WITHDRAW_UPLOADS: 'VOID_CERTIFICATES',
  RECOVER_SUBSIDIES: 'VOID_CERTIFICATES',
} as const satisfies Partial<Record<Measure, Measure>>;

/** A step with the measure that asked it; null for the notices. */
export interface AskedStep {
  readonly measure: Measure | null;
  readonly step: Step;
}

/** Every step of these measures in the table's order, the notices last. */
export const stepsOf = (measures: readonly Measure[]): AskedStep[] => [
  ...MEASURES.filter((measure) => measures.includes(measure)).flatMap((measure) => CASCADE[measure].map((step) => ({ measure, step }))),
  ...(isTransfer(measures) ? [] : NOTICES).map((step) => ({ measure: null, step })),
];

const ALL_STEPS: readonly Step[] = stepsOf(MEASURES).map(({ step }) => step);

/** The step that has this effect; the table has each effect once. */
export const stepOf = (effect: Effect): Step => {
  const step = ALL_STEPS.find((candidate) => candidate.effect === effect);
  if (!step) throw new Error(`The cascade has no step ${effect}`);
  return step;
};

const HOLDS: readonly Effect[] = ['HOLD_FILING', 'HOLD_PLANS', 'HOLD_ISSUING', 'HOLD_PAYMENTS'];

/** Whether the effect holds a scope and changes no records. Such a row binds the scope, not a number of records. */
export const isHold = (effect: Effect): boolean => HOLDS.includes(effect);

const EXACT: readonly Effect[] = [
  'CANCEL_RESULTS',
  'VOID_CERTIFICATES',
  'PUBLISH_NOTICE',
  'SHOW_RECTIFICATION',
  'NOTIFY_POLICE',
  'NOTIFY_MARKET_REGULATOR',
  'TRANSFER_TO_DISCIPLINE',
  'TRANSFER_TO_POLICE',
];

/**
 * Whether the row must find exactly the records that were signed. Other rows may find fewer. The receipt does not count an
 * upload that the ministry never had, and a plan may end while the row is carried out.
 */
export const isExact = (effect: Effect): boolean => EXACT.includes(effect);

/** Whether the hold of an order with these measures stays after completion (M1), until the order is lifted. */
export const isStanding = (measures: readonly Measure[]): boolean => measures.includes('STOP_EVALUATION');
