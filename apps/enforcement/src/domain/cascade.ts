// The table of the whole platform: which measure asks what of whom. It is consulted twice, when an order is drafted and
// when it is lifted; in between the order carries its rows, so an old order keeps the table of its day.
// A step that asks a service for another service's effect does not compile, nor does a measure without steps.
// Basis: N3.5b, N3.5c; rules §7.1 (measures), §7.9 (what needs what).

/** What each service can be asked: the words of proto/hengji/enforcement/v1/order.proto. */
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

/** One effect of the one service that has it. */
export type Target = { [S in Service]: { readonly service: S; readonly effect: EffectOf<S> } }[Service];

const isTarget = (pair: { service: string; effect: string }): pair is Target =>
  Object.entries(EFFECTS).some(([service, effects]) => service === pair.service && effects.some((effect) => effect === pair.effect));

/** Joins a service and an effect that belong together; anything else is a defect. */
export const toTarget = (service: string, effect: string): Target => {
  const pair = { service, effect };
  if (!isTarget(pair)) throw new Error(`${service} has no effect ${effect}`);
  return pair;
};

/**
 * What a measure asks. Every step can be taken back, by the same service and within the same limit.
 * `after`: the step starts when that effect's receipt is in, if the order has that effect.
 * `undoAfter`: the same for taking it back, when the order is lifted.
 */
export type Step = Target & { readonly after?: Effect; readonly undoAfter?: Effect; readonly withinMinutes: number };

/** The measures of an order, in the order in which their rows stand in the ledger. */
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
  // M1 立即停止评价. Issuing and paying resume last, so that nothing is issued or paid twice while the rest is restored.
  STOP_EVALUATION: [
    { service: 'approval', effect: 'HOLD_FILING', withinMinutes: 5 },
    { service: 'exam', effect: 'HOLD_PLANS', withinMinutes: 5 },
    { service: 'certificate', effect: 'HOLD_ISSUING', undoAfter: 'VOID_CERTIFICATES', withinMinutes: 5 },
    { service: 'subsidy', effect: 'HOLD_PAYMENTS', undoAfter: 'OPEN_RECOVERIES', withinMinutes: 5 },
  ],
  // M2 取消评价结果
  CANCEL_RESULTS: [{ service: 'exam', effect: 'CANCEL_RESULTS', withinMinutes: 30 }],
  // M3 宣布证书作废. A certificate stands again only on a result that stands again.
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
  // M7 移出目录. Plans open again only for an institution that is in the directory again.
  REMOVE_FROM_DIRECTORY: [
    { service: 'approval', effect: 'REMOVE_FILING', withinMinutes: 5 },
    { service: 'exam', effect: 'CLOSE_PLANS', undoAfter: 'REMOVE_FILING', withinMinutes: 30 },
  ],
  // M8 移交有关部门, M9 移交公安机关: 24 hours, 国务院令310号 §5. Taking it back tells the agency; it keeps what it has.
  TRANSFER_TO_DISCIPLINE: [{ service: 'exchange', effect: 'TRANSFER_TO_DISCIPLINE', withinMinutes: 1440 }],
  TRANSFER_TO_POLICE: [{ service: 'exchange', effect: 'TRANSFER_TO_POLICE', withinMinutes: 1440 }],
} as const satisfies Record<Measure, readonly Step[]>;

/** The measures of an order that only hands a case over. */
export const TRANSFERS: readonly Measure[] = ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'];

/**
 * Whether the order only hands a case over. Such an order changes nothing in the house: it takes no fence, or an institution
 * would stand still for as long as another body's system is away; and a suspicion is told to whom it is handed over, to no one else.
 */
export const isTransfer = (measures: readonly Measure[]): boolean =>
  measures.length > 0 && measures.every((measure) => TRANSFERS.includes(measure));

/** 公安 and 市场监管 hear of every order that changes something, and of its lifting. */
export const NOTICES = [
  { service: 'exchange', effect: 'NOTIFY_POLICE', withinMinutes: 1440 },
  { service: 'exchange', effect: 'NOTIFY_MARKET_REGULATOR', withinMinutes: 1440 },
] as const satisfies readonly Step[];

/** Rules §7.9: no void certificate on a standing result, no withdrawal or recovery without a void certificate. */
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

/** The step that has this effect; each effect stands in the table once. */
export const stepOf = (effect: Effect): Step => {
  const step = ALL_STEPS.find((candidate) => candidate.effect === effect);
  if (!step) throw new Error(`The cascade has no step ${effect}`);
  return step;
};

const HOLDS: readonly Effect[] = ['HOLD_FILING', 'HOLD_PLANS', 'HOLD_ISSUING', 'HOLD_PAYMENTS'];

/** Whether the effect changes no records but holds a scope: what is bound is the scope, however many records it comes to concern. */
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
 * Whether the row finds exactly the records that were signed. Others may find fewer: an upload that never stood at the ministry is
 * no record of the receipt, and a plan may end while the row is at work.
 */
export const isExact = (effect: Effect): boolean => EXACT.includes(effect);

/** Whether the hold of such an order stays after it was carried out (M1), until the order is lifted. */
export const isStanding = (measures: readonly Measure[]): boolean => measures.includes('STOP_EVALUATION');
