// The scope of a filing (备案范围, N2.3a): which occupations at which levels, and as which kind of evaluation. An
// occupation to which admission is restricted (准入, rules §4.3) may be evaluated as a qualification only, under its implementing department.
// Special abilities have no levels and follow a published specification (N2.2c).
import { Refusal } from '@hengji/domain-kit';
import {
  checkCurrentOccupation,
  EVALUATION_KINDS,
  findEvaluated,
  isAppointedLevel,
  isEvaluationKind,
  kindObstacle,
  levelName,
  LEVELS,
  type EvaluationKind,
  type InstitutionClass,
  type Occupation,
} from '@hengji/province';

export interface ScopeLine {
  readonly kind: EvaluationKind;
  readonly occupation: string;
  /** Levels, none for SPECIAL_ABILITY. */
  readonly levels: readonly string[];
  /** 实施部门 of a qualification; empty for other kinds, and in filings from before it was required. */
  readonly implementingDepartment: string;
  /** Published 考核规范 of a special ability; empty likewise. */
  readonly specification: string;
}

export type ScopeLineClaim = Omit<ScopeLine, 'kind'> & { readonly kind: string };

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

const MOST_BASIS_CHARACTERS = 100;

interface Basis {
  readonly field: string;
  readonly rule: string;
  readonly missing: string;
  readonly unexpected: string;
}

/** The text by which a kind is carried out: required for its kind, and only there. */
const checkBasis = (isOfKind: boolean, text: string, { field, rule, missing, unexpected }: Basis): void => {
  if (!isOfKind && text !== '') refuse(field, unexpected, rule);
  if (isOfKind && text.trim() === '') refuse(field, missing, rule);
  if ([...text].length > MOST_BASIS_CHARACTERS || /\p{Cc}|\p{Cs}/u.test(text)) refuse(field, `不超过${MOST_BASIS_CHARACTERS}个字`, rule);
};

const checkLine = (claim: ScopeLineClaim, institutionClass: InstitutionClass, at: string): ScopeLine => {
  if (!isEvaluationKind(claim.kind)) return refuse(`${at}.kind`, '评价类别应为职业资格评价、职业技能等级认定或专项职业能力考核', 'N2.2a');
  const occupation = checkOccupation(claim.occupation, at);
  const obstacle = kindObstacle(claim.kind, claim.occupation);
  if (obstacle) refuse(`${at}.occupation`, obstacle.message, obstacle.rule);
  if (EVALUATION_KINDS[claim.kind].graded) checkLevels(claim.levels, { kind: claim.kind, occupation, institutionClass }, at);
  else if (claim.levels.length > 0) refuse(`${at}.levels`, '专项职业能力考核不分等级', 'N2.2a');
  const { kind, implementingDepartment, specification } = claim;
  checkBasis(kind === 'QUALIFICATION', implementingDepartment, {
    ...{ field: `${at}.implementing_department`, rule: 'rules §1.2' },
    missing: '职业资格评价应写明实施部门',
    unexpected: '只有职业资格评价有实施部门',
  });
  checkBasis(kind === 'SPECIAL_ABILITY', specification, {
    ...{ field: `${at}.specification`, rule: 'N2.2c' },
    missing: '专项职业能力考核应写明已公布的考核规范',
    unexpected: '只有专项职业能力考核有考核规范',
  });
  return { kind, occupation: claim.occupation, levels: [...claim.levels], implementingDepartment, specification };
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
