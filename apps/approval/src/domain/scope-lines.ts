// The scope of a filing (备案范围, N2.3a): which occupations at which levels, and as which kind of evaluation. Level
// recognition may not cover an occupation to which admission is restricted (准入, rules §4.3); special abilities have no levels.
import { Refusal } from '@hengji/domain-kit';
import {
  checkCurrentOccupation,
  EVALUATION_KINDS,
  findEvaluated,
  isAppointedLevel,
  isEvaluationKind,
  levelName,
  LEVELS,
  type EvaluationKind,
  type InstitutionClass,
  type Occupation,
} from '@hengji/province';

export interface ScopeLine {
  readonly kind: EvaluationKind;
  readonly occupation: string;
  /** Level digits, none for SPECIAL_ABILITY. */
  readonly levels: readonly string[];
}

type ScopeLineClaim = { readonly kind: string; readonly occupation: string; readonly levels: readonly string[] };

const MOST_LINES = 200;

const refuse = (field: string, message: string, rule: string): never => {
  throw new Refusal('invalid', 'institution.scope_invalid', message, { field, rule });
};

/** The fault of the code in the words of the dictionary, under the reason code of filings. */
const currentOccupation = (code: string, field: string): { readonly name: string } => {
  try {
    return checkCurrentOccupation(code, field);
  } catch (thrown) {
    if (thrown instanceof Refusal) return refuse(field, thrown.message, thrown.detail.rule ?? '');
    throw thrown;
  }
};

const checkOccupation = (code: string, at: string): Occupation => {
  const { name } = currentOccupation(code, `${at}.occupation`);
  return findEvaluated(code) ?? refuse(`${at}.occupation`, `${code} ${name}尚无本省开展评价的国家职业标准`, 'rules §4.2');
};

/** 特级技师 and 首席技师 lie above the standards: employers evaluate and appoint them among the holders of level 1 (rules §1.5). */
const checkAppointed = (level: string, { kind, occupation, institutionClass }: Line, field: string): void => {
  const name = levelName(level);
  if (institutionClass !== 'EMPLOYER') refuse(field, `${name}由用人单位评聘，社会培训评价组织不得开展`, 'rules §1.5');
  if (kind !== 'LEVEL_RECOGNITION') refuse(field, `${name}只能以职业技能等级认定评聘`, 'rules §1.5');
  if (!occupation.levels.includes(LEVELS.L1.digit)) refuse(field, `${occupation.name}没有一级，不能评聘${name}`, 'rules §1.5');
};

interface Line {
  readonly kind: EvaluationKind;
  readonly occupation: Occupation;
  readonly institutionClass: InstitutionClass;
}

const checkLevels = (levels: readonly string[], line: Line, at: string): void => {
  const { occupation } = line;
  if (levels.length === 0) refuse(`${at}.levels`, '至少应有一个等级', 'N2.3a');
  levels.forEach((level, i) => {
    if (isAppointedLevel(level)) checkAppointed(level, line, `${at}.levels[${i}]`);
    else if (level.length !== 1 || !occupation.levels.includes(level)) {
      refuse(`${at}.levels[${i}]`, `${occupation.name}没有${level || '空'}级的国家职业标准，可选：${occupation.levels}`, 'rules §4.2');
    }
    if (levels.indexOf(level) !== i) refuse(`${at}.levels[${i}]`, `等级${level}重复`, 'N2.3a');
  });
};

const checkLine = (claim: ScopeLineClaim, institutionClass: InstitutionClass, at: string): ScopeLine => {
  if (!isEvaluationKind(claim.kind)) return refuse(`${at}.kind`, '评价类别应为职业资格评价、职业技能等级认定或专项职业能力考核', 'N2.2a');
  const occupation = checkOccupation(claim.occupation, at);
  if (claim.kind === 'LEVEL_RECOGNITION' && occupation.accessRestricted) {
    refuse(`${at}.occupation`, `${occupation.name}属于准入类职业，不得开展职业技能等级认定`, 'rules §4.3');
  }
  if (EVALUATION_KINDS[claim.kind].graded) checkLevels(claim.levels, { kind: claim.kind, occupation, institutionClass }, at);
  else if (claim.levels.length > 0) refuse(`${at}.levels`, '专项职业能力考核不分等级', 'N2.2a');
  return { kind: claim.kind, occupation: claim.occupation, levels: [...claim.levels] };
};

/** The lines of an institution of this class, if each is valid and none is there twice. Refuses `institution.scope_invalid` naming the entry. */
export const checkScopeLines = (claims: readonly ScopeLineClaim[], institutionClass: InstitutionClass, at: string): ScopeLine[] => {
  if (claims.length === 0) refuse(at, '备案范围不能为空', 'N2.3a');
  if (claims.length > MOST_LINES) refuse(at, `备案范围最多${MOST_LINES}项`, 'N2.3a');
  const seen = new Set<string>();
  return claims.map((claim, i) => {
    const line = checkLine(claim, institutionClass, `${at}[${i}]`);
    const key = `${line.kind} ${line.occupation}`;
    if (seen.has(key)) refuse(`${at}[${i}].occupation`, '同一评价类别下职业重复', 'N2.3a');
    seen.add(key);
    return line;
  });
};

/** True if a line covers this kind, occupation and level. `level` is empty for special abilities. */
export const covers = (lines: readonly ScopeLine[], asked: { kind: EvaluationKind; occupation: string; level: string }): boolean =>
  lines.some(
    (line) =>
      line.kind === asked.kind &&
      line.occupation === asked.occupation &&
      (EVALUATION_KINDS[line.kind].graded ? line.levels.includes(asked.level) : asked.level === ''),
  );
