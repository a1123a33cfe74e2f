// Checks of an institution's filing (备案) before the register accepts it. There is one function per field. Each function refuses with the
// field's path and the rule, so that the sender of a thousand filings can find the faulty one.
import { isDay, Refusal } from '@hengji/domain-kit';
import {
  checkNotReserved,
  INSTITUTION_LETTERS,
  institutionNameFault,
  isArea,
  checkForeseeable,
  checkHappened,
  isAuthority,
  isInstitutionCode,
  isPersonalUscc,
  isWrongCheckUscc,
  type Foreseeable,
  typedInstitutionName,
  usccFault,
  type InstitutionClass,
  type InstitutionCode,
} from '@hengji/province';
import { checkScopeLines, type ScopeLine, type ScopeLineClaim } from './scope-lines';

/** The content of a filing. Its status on a day is decided in filing-status.ts. */
export interface Filing {
  readonly code: InstitutionCode;
  readonly uscc: string;
  readonly name: string;
  readonly institutionClass: InstitutionClass;
  /** GB/T 2260, six digits. */
  readonly area: string;
  /** LN, 2101..2114, LN-SF. */
  readonly authority: string;
  /** Both days included, Asia/Shanghai. */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly scopeLines: readonly ScopeLine[];
}

/** The received filing, with the same fields and without any check. */
export type FilingClaim = { readonly [K in keyof Omit<Filing, 'scopeLines'>]: string } & {
  readonly scopeLines: readonly ScopeLineClaim[];
};

const refuse = (reason: string, field: string, message: string, rule: string): never => {
  throw new Refusal('invalid', `institution.${reason}`, message, { field, rule });
};

const checkCode = (code: string, at: string): InstitutionCode => {
  checkNotReserved(code, `${at}.code`);
  return isInstitutionCode(code)
    ? code
    : refuse('code_invalid', `${at}.code`, `机构代码“${code}”应为1位字母(Y或S)加12位数字，第6至7位为21`, '人社鉴发〔2019〕2号');
};

const checkClass = (institutionClass: string, code: string, at: string): InstitutionClass => {
  const field = `${at}.institution_class`;
  if (institutionClass !== 'EMPLOYER' && institutionClass !== 'SOCIAL') {
    return refuse('class_invalid', field, '机构类别应为用人单位或社会培训评价组织', '人社鉴发〔2019〕2号');
  }
  if (!code.startsWith(INSTITUTION_LETTERS[institutionClass])) {
    const letter = INSTITUTION_LETTERS[institutionClass];
    return refuse('code_invalid', `${at}.code`, `机构代码首字母应与机构类别一致，应为${letter}`, '人社鉴发〔2019〕2号');
  }
  return institutionClass;
};

const checkName = (name: string, at: string): string => {
  const fault = institutionNameFault(name);
  return fault === undefined ? typedInstitutionName(name) : refuse('name_invalid', `${at}.name`, fault, 'N2.3a');
};

/** `confirmed`: two officers have compared the code with the licence (uscc-check.ts). */
const checkUscc = (uscc: string, at: string, confirmed: boolean): void => {
  const fault = confirmed && isWrongCheckUscc(uscc) ? undefined : usccFault(uscc);
  if (fault !== undefined) refuse('uscc_invalid', `${at}.uscc`, fault, 'GB 32100-2015');
  if (isPersonalUscc(uscc)) {
    refuse(
      'uscc_personal',
      `${at}.uscc`,
      '这个号码也是一个有效的居民身份证号码，不能作为机构的统一社会信用代码登记和公开，请核对',
      'rules §3.1',
    );
  }
};

const checkValidity = ({ validFrom, validUntil }: FilingClaim, { today, withinDays }: Foreseeable, at: string): void => {
  const rule = 'N2.3a';
  if (!isDay(validFrom)) refuse('validity_invalid', `${at}.valid_from`, '备案生效日应为 YYYY-MM-DD', rule);
  if (!isDay(validUntil)) refuse('validity_invalid', `${at}.valid_until`, '备案截止日应为 YYYY-MM-DD', rule);
  if (validUntil < validFrom) refuse('validity_invalid', `${at}.valid_until`, '备案截止日不能早于生效日', rule);
  const dayAt = { reason: 'institution.validity_invalid', rule };
  checkHappened(validFrom, today, { ...dayAt, field: `${at}.valid_from`, what: '备案生效日' });
  checkForeseeable(validUntil, { today, withinDays }, { ...dayAt, field: `${at}.valid_until`, what: '备案截止日' });
};

/** Ten years: no filing is valid for longer. */
export const FILED_FOR_DAYS = 3_653;

/** What the register knows beside the claim. */
interface Known {
  /** Codes with a wrong check character that two officers confirmed, as `<institution> <uscc>`. */
  readonly confirmed?: ReadonlySet<string>;
  /** The last day of a filing is at most so many days after today. */
  readonly withinDays?: number;
}

/**
 * The filing, if it is valid; `at` is its path in the request. Refuses `institution.code_invalid`, `institution.code_reserved`,
 * `class_invalid`, `uscc_invalid`, `uscc_personal`, `name_invalid`, `area_unknown`, `authority_unknown`, `validity_invalid`, `scope_invalid`.
 */
export const checkFiling = (claim: FilingClaim, today: string, at: string, known: Known = {}): Filing => {
  const { confirmed, withinDays = FILED_FOR_DAYS } = known;
  const code = checkCode(claim.code, at);
  const institutionClass = checkClass(claim.institutionClass, code, at);
  checkUscc(claim.uscc, at, confirmed?.has(`${code} ${claim.uscc}`) ?? false);
  const name = checkName(claim.name, at);
  if (!isArea(claim.area)) refuse('area_unknown', `${at}.area`, `“${claim.area}”不是辽宁省的行政区划代码`, 'GB/T 2260');
  if (!isAuthority(claim.authority)) {
    refuse('authority_unknown', `${at}.authority`, '主管部门应为 LN、2101 至 2114 或 LN-SF', 'rules §3.3');
  }
  checkValidity(claim, { today, withinDays }, at);
  const { uscc, area, authority, validFrom, validUntil } = claim;
  return {
    code,
    uscc,
    name,
    institutionClass,
    area,
    authority,
    validFrom,
    validUntil,
    scopeLines: checkScopeLines(claim.scopeLines, institutionClass, `${at}.scope_lines`),
  };
};

/**
 * True if the register already has exactly this filing; then a repeat is no second filing. Names are compared in their one spelling, which
 * versions before did not store.
 */
export const sameFiling = (a: Filing, b: Filing): boolean => canonical(a) === canonical(b);

const canonical = (f: Filing): string =>
  JSON.stringify([
    [f.code, f.uscc, typedInstitutionName(f.name), f.institutionClass, f.area, f.authority, f.validFrom, f.validUntil],
    f.scopeLines.map((line) => [line.kind, line.occupation, [...line.levels], line.implementingDepartment, line.specification]),
  ]);
