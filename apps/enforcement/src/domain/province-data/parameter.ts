// Parameters (参数): amounts of limits that the province, or an authority for its territory, sets from a day on. The registry's
// row is version 0, the amount of the law. A legal minimum or maximum stays in force.
import { dayOf, isDay, Refusal, type Day } from '@hengji/domain-kit';
import type { LimitAmount, LimitAmounts } from '@hengji/procedure/tables';
import { isAuthority, isNoShorter, versionOn, writeAmount, type DatedVersion, type Limit, type Unit } from '@hengji/province';
import { isCode, ruleOf, type DeadlineCode } from '../deadlines/registry';
import { boundOf, type DeadlineRule } from '../deadlines/rule';
import { confirmVersion, proposeNext, type Change, type DataNoun, type Doer } from './change';

/** The key of a series of versions. */
export interface ParameterKey {
  readonly code: string;
  readonly jurisdiction: string;
}

export interface ParameterClaim extends ParameterKey {
  /** The version applies to limits that start on this day or later. */
  readonly validFrom: string;
  readonly amount: number;
  readonly unit: Unit;
  /** The one possible extension, in the unit of the amount; 0 = no extension. */
  readonly extension: number;
  /** The document that orders the change, with its number (文号). */
  readonly source: string;
  readonly reason: string;
}

export interface ParameterVersion extends Omit<ParameterClaim, 'validFrom'>, DatedVersion, Change {}

export const PARAMETER: DataNoun = { noun: 'parameter', title: '期限和参数' };

const FIRST_DAY = '2024-01-01';
const LAST_DAY = '2100-12-31';
const MOST_SOURCE = 200;
const MOST_REASON = 500;
const MOST: Readonly<Record<Unit, number>> = { workingDay: 1_000, day: 1_000, month: 120, year: 50, hour: 720 };

const refuse = (field: string, message: string, rule = 'design'): never => {
  throw new Refusal('invalid', 'parameter.invalid', message, { field, rule });
};

type Settable = DeadlineRule & { readonly limit: Limit };

const isSettable = (rule: DeadlineRule): rule is Settable => rule.limit !== undefined && !rule.fixed;

/** Codes with an amount that can be set. For other codes the law fixes the end, or a person sets the day. */
export const isParameter = (code: string): code is DeadlineCode => isCode(code) && isSettable(ruleOf(code));

/** Refuses `parameter.code_unknown`. */
const settableOf = (code: string): Settable => {
  const rule = isCode(code) ? ruleOf(code) : undefined;
  if (rule && isSettable(rule)) return rule;
  throw new Refusal('invalid', 'parameter.code_unknown', `没有可以设定的期限“${code}”`, { field: 'code', rule: 'design' });
};

const checkTexts = ({ source, reason }: ParameterClaim): void => {
  if (source.trim() === '' || [...source].length > MOST_SOURCE) refuse('source', `应写明依据的文件和文号，不超过${MOST_SOURCE}个字`);
  if (reason.trim() === '' || [...reason].length > MOST_REASON) refuse('reason', `应写明理由，不超过${MOST_REASON}个字`);
};

const checkNumbers = ({ jurisdiction, validFrom, amount, unit, extension }: ParameterClaim): void => {
  if (!isAuthority(jurisdiction)) refuse('jurisdiction', '适用范围应为全省(LN)或者一个主管部门');
  if (!isDay(validFrom) || validFrom < FIRST_DAY || validFrom > LAST_DAY) refuse('valid_from', `生效日期应为${FIRST_DAY}至${LAST_DAY}`);
  const most = MOST[unit];
  if (!Number.isInteger(amount) || amount < 1 || amount > most) refuse('amount', `数值应为1至${most}的整数`);
  if (!Number.isInteger(extension) || extension < 0 || extension > most) refuse('extension', `延长应为0至${most}的整数`);
};

const withExtension = (amount: Limit, extension: number | undefined): string =>
  extension ? `${writeAmount(amount)}（可延长${writeAmount({ ...amount, amount: extension })}）` : writeAmount(amount);

/** Refuses `parameter.bound_by_law`: shorter than the legal minimum, or longer than the legal maximum. */
const checkBound = ({ amount, unit, extension }: ParameterClaim, rule: Settable): void => {
  const bound = boundOf(rule);
  const law = { ...rule.limit, before: false };
  const longest = rule.extension ?? 0;
  const isWithin = {
    atLeast: isNoShorter({ amount, unit }, law) && extension >= longest,
    atMost: isNoShorter(law, { amount, unit }) && extension <= longest,
  };
  if (!bound || isWithin[bound]) return;
  const side = bound === 'atLeast' ? '不得短于' : '不得长于';
  const message = `“${rule.title}”${side}${rule.basis}规定的${withExtension(law, rule.extension)}`;
  throw new Refusal('invalid', 'parameter.bound_by_law', message, { field: 'amount', rule: rule.basis });
};

const amountIn = (rule: Settable, version: ParameterVersion | undefined): Limit => version ?? rule.limit;

/** Refuses `parameter.takes_time`: the version would shorten a limit of a party that may have started already. */
const checkKeepsTime = (next: ParameterVersion, confirmed: readonly ParameterVersion[], rule: Settable, today: Day): void => {
  if (boundOf(rule) !== 'atLeast') return;
  const days = [next.validFrom, ...confirmed.map(({ validFrom }) => validFrom)].filter((day) => day >= next.validFrom && day <= today);
  const holds = (all: readonly ParameterVersion[], day: Day): Limit => amountIn(rule, versionOn(all, next.jurisdiction, day));
  const shorter = days.find((day) => !isNoShorter(holds([...confirmed, next], day), holds(confirmed, day)));
  if (shorter === undefined) return;
  const message = `“${rule.title}”不能追溯缩短：${shorter}起已经开始的期限现为${writeAmount(holds(confirmed, shorter))}，请从以后的日期起生效`;
  throw new Refusal('illegalMove', 'parameter.takes_time', message, { field: 'valid_from', rule: 'design' });
};

const confirmedOf = (all: readonly ParameterVersion[]): ParameterVersion[] => all.filter(({ confirmed }) => confirmed !== null);

const ofJurisdiction = (all: readonly ParameterVersion[], jurisdiction: string): ParameterVersion[] =>
  all.filter((one) => one.jurisdiction === jurisdiction);

/** Refuses as `proposeNext`, and as the checks above. `all`: every version of the code. */
export const decidePropose = (claim: ParameterClaim, all: readonly ParameterVersion[], doer: Doer): ParameterVersion => {
  const change = proposeNext(PARAMETER, ofJurisdiction(all, claim.jurisdiction), doer);
  const rule = settableOf(claim.code);
  checkNumbers(claim);
  checkTexts(claim);
  checkBound(claim, rule);
  const next = { ...claim, ...change, validFrom: claim.validFrom as Day };
  checkKeepsTime(next, confirmedOf(all), rule, dayOf(doer.at));
  return next;
};

/** Refuses as `confirmVersion`, and `parameter.takes_time` if its day has come since the proposal. */
export const decideConfirm = (
  { code, jurisdiction }: ParameterKey,
  all: readonly ParameterVersion[],
  doing: Doer & { version: number },
): ParameterVersion => {
  const confirmed = confirmVersion(PARAMETER, ofJurisdiction(all, jurisdiction), doing);
  if (!all.includes(confirmed)) checkKeepsTime(confirmed, confirmedOf(all), settableOf(code), dayOf(doing.at));
  return confirmed;
};

/** The id of the version, stored with a limit that was counted by this version. */
export const versionId = ({ jurisdiction, version }: Pick<ParameterVersion, 'jurisdiction' | 'version'>): string =>
  `${jurisdiction}/${version}`;

/** The amounts in force: those of the registry, and those of all confirmed versions. */
export const amountsOf = (all: readonly ParameterVersion[]): LimitAmounts => {
  const confirmed = new Map<string, ParameterVersion[]>();
  for (const one of confirmedOf(all)) confirmed.set(one.code, [...(confirmed.get(one.code) ?? []), one]);
  const amountOf = (code: string, found: ParameterVersion | undefined): LimitAmount => {
    const { limit, extension = 0 } = ruleOf(code);
    if (!found) return { ...(limit ? { limit } : {}), ...(extension ? { extension } : {}), version: '' };
    const amount = { ...limit, amount: found.amount, unit: found.unit };
    return { limit: amount, ...(found.extension ? { extension: found.extension } : {}), version: versionId(found) };
  };
  return {
    inForce: ({ code, authority, startedAt }) => amountOf(code, versionOn(confirmed.get(code) ?? [], authority, dayOf(startedAt))),
    ofVersion: (code, version) =>
      amountOf(
        code,
        confirmed.get(code)?.find((one) => versionId(one) === version),
      ),
    versioned: () => [...confirmed.keys()],
  };
};

/** The amounts of the release, without versions. */
export const REGISTERED = amountsOf([]);
