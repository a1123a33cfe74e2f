// Skill levels (职业技能等级, 新八级工; rules §1.5). The digit is that of a certificate's number, position 16; 学徒工 has none. The letters of
// 特级技师 and 首席技师 are not confirmed by any text that was read (rules §2.1): they are rows of this table and nowhere else.

export interface Level {
  /** Position 16 of the certificate number; empty for 学徒工, whom no certificate is issued to. */
  readonly digit: string;
  /** As the certificate names it: 中文数字+级/等级名称 (人社鉴发〔2021〕1号). */
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

/** 五级/初级工 for 5; a digit without a level stays as it is. */
export const levelName = (digit: string): string => (digit === '' ? '' : (NAMES.get(digit) ?? digit));

/** True for the five levels that national standards grade: 1 to 5. */
export const isGradedLevel = (digit: string): boolean => /^[1-5]$/.test(digit);
