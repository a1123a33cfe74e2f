// Skill levels (职业技能等级, 新八级工; rules §1.5). The digit is position 16 of a certificate's number; 学徒工 has none. No text that was read confirms
// the letters of 特级技师 and 首席技师 (rules §2.1): they exist only as rows of this table. Together with the letter of the institution a number of
// these levels has two letters.

export interface Level {
  /** Position 16 of the certificate number; empty for 学徒工, who receive no certificate. */
  readonly digit: string;
  /** The name on the certificate: 中文数字+级/等级名称 (人社鉴发〔2021〕1号). */
  readonly name: string;
}

/** Lowest skill first. */
export const LEVELS = {
  APPRENTICE: { digit: '', name: '学徒工' },
  L5: { digit: '5', name: '五级/初级工' },
  L4: { digit: '4', name: '四级/中级工' },
  L3: { digit: '3', name: '三级/高级工' },
  L2: { digit: '2', name: '二级/技师' },
  L1: { digit: '1', name: '一级/高级技师' },
  SPECIAL: { digit: 'T', name: '特级技师' },
  CHIEF: { digit: 'S', name: '首席技师' },
} as const satisfies Record<string, Level>;

const NAMES: ReadonlyMap<string, string> = new Map(Object.values(LEVELS).map(({ digit, name }) => [digit, name]));

/** 五级/初级工 for 5; a digit without a level is returned unchanged. */
export const levelName = (digit: string): string => (digit === '' ? '' : (NAMES.get(digit) ?? digit));

/** True for the levels that a certificate may have: 1 to 5, T (特级技师) and S (首席技师). */
export const isCertificateLevel = (digit: string): boolean => digit !== '' && NAMES.has(digit);

/**
 * True for 特级技师 and 首席技师, which employers evaluate and appoint (评聘) above level 1 (rules §1.5). The national standards end at level 1.
 */
export const isAppointedLevel = (digit: string): boolean => digit === LEVELS.SPECIAL.digit || digit === LEVELS.CHIEF.digit;

/** Levels with a comprehensive review (综合评审) beside theory and skill (rules §5.4); those above level 1 are not decided by an exam alone. */
export const isReviewedLevel = (digit: string): boolean => ['2', '1'].includes(digit) || isAppointedLevel(digit);
