// Why a filing (备案) does not cover an evaluation, as approval answers it: its reason codes, each in words. A reason of a newer approval
// that this table does not know has only general words.

export const FILING_OBSTACLES = {
  'institution.unknown': '机构不在评价机构目录内',
  'filing.held': '机构已被责令停止评价',
  'filing.removed': '机构已被移出目录',
  'filing.expired': '备案有效期已届满',
  'filing.not_yet_valid': '备案尚未生效',
  'filing.out_of_scope': '职业或等级不在备案范围内',
  'filing.out_of_place': '考场不在备案地范围内，评价活动应在属地开展',
} as const satisfies Readonly<Record<string, string>>;
export type FilingObstacle = keyof typeof FILING_OBSTACLES;

const isKnown = (reason: string): reason is FilingObstacle => Object.hasOwn(FILING_OBSTACLES, reason);

/** The reason in words. */
export const filingObstacle = (reason: string): string => (isKnown(reason) ? FILING_OBSTACLES[reason] : '备案不允许该评价活动');
