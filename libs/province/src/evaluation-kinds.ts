// The three kinds of skill evaluation (职业技能评价, N2.2a), whether each is graded in levels, and which occupations each may evaluate
// (rules §1.2, §4.3).
import { findEvaluated, type Occupation } from './occupations/standards';

export const EVALUATION_KINDS = {
  QUALIFICATION: { name: '职业资格评价', graded: true },
  LEVEL_RECOGNITION: { name: '职业技能等级认定', graded: true },
  SPECIAL_ABILITY: { name: '专项职业能力考核', graded: false },
} as const;
export type EvaluationKind = keyof typeof EVALUATION_KINDS;

export const isEvaluationKind = (text: string): text is EvaluationKind => Object.hasOwn(EVALUATION_KINDS, text);

/** The occupation; for a code of the 2015 edition its successor. */
const evaluatedNow = (code: string): Occupation | undefined => {
  const found = findEvaluated(code);
  return found?.successor === undefined ? found : findEvaluated(found.successor);
};

/** The kind of a plan that names none: a qualification where the whole occupation is 准入, else level recognition. */
export const kindOfOccupation = (code: string): EvaluationKind =>
  evaluatedNow(code)?.accessRestricted === true ? 'QUALIFICATION' : 'LEVEL_RECOGNITION';

export interface KindObstacle {
  readonly message: string;
  readonly rule: string;
}

/** Why this kind may not evaluate the occupation; undefined if it may, or the province does not evaluate the occupation at all. */
export const kindObstacle = (kind: EvaluationKind, code: string): KindObstacle | undefined => {
  const occupation = evaluatedNow(code);
  if (!occupation) return undefined;
  const { name, accessRestricted, restrictedTrades } = occupation;
  if (kind === 'QUALIFICATION' && !accessRestricted && restrictedTrades === undefined)
    return { message: `${name}不在国家职业资格目录内，应以职业技能等级认定评价`, rule: 'rules §1.2' };
  if (kind !== 'QUALIFICATION' && accessRestricted)
    return { message: `${name}属于准入类职业，只能由实施部门以职业资格评价，不得开展${EVALUATION_KINDS[kind].name}`, rule: 'rules §4.3' };
  return undefined;
};

/** A part of the occupation is 准入, and this kind leaves it to the implementing department (rules §4.3); empty without such a part. */
export const accessWarning = (kind: EvaluationKind, code: string): string => {
  const occupation = evaluatedNow(code);
  return kind === 'QUALIFICATION' || occupation?.restrictedTrades === undefined
    ? ''
    : `${occupation.name}中“${occupation.restrictedTrades}”部分属于准入类，只能由实施部门以职业资格评价，不在本项评价之内`;
};
