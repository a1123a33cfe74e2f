// The three kinds of skill evaluation (职业技能评价, N2.2a), and whether each is graded in levels.

export const EVALUATION_KINDS = {
  QUALIFICATION: { name: '职业资格评价', graded: true },
  LEVEL_RECOGNITION: { name: '职业技能等级认定', graded: true },
  SPECIAL_ABILITY: { name: '专项职业能力考核', graded: false },
} as const;
export type EvaluationKind = keyof typeof EVALUATION_KINDS;

export const isEvaluationKind = (text: string): text is EvaluationKind => Object.hasOwn(EVALUATION_KINDS, text);
