// Skill levels (职业技能等级, 新八级工; rules §1.5). The digit is position 16 of a certificate's number; 学徒工 has none. No text that was read confirms
// the letters of 特级技师 and 首席技师 (rules §2.1): they exist only as rows of this table.

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

/** True for the five levels of the national standards: 1 to 5. */
export const isGradedLevel = (digit: string): boolean => /^[1-5]$/.test(digit);
