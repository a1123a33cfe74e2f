// proto ↔ use case for parameters: amounts of limits that change from a day on.
import type {
  Parameter as ParameterMessage,
  ParameterState,
  ParameterVersion as VersionMessage,
} from '@hengji/contracts/enforcement/v1/parameter';
import { ProposeParameterRequest, type ParameterServiceImplementation } from '@hengji/contracts/enforcement/v1/parameter_service';
import { dayOf, type Day } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import { dayBefore, PROVINCE, type Unit } from '@hengji/province';
import { confirmChange, proposeChange } from '../../application/province-data/change-data';
import { PARAMETERS, type ParameterStore } from '../../application/province-data/parameters';
import type { Transactions } from '../../application/ports';
import { REGISTRY, ruleOf } from '../../domain/deadlines/registry';
import { boundOf } from '../../domain/deadlines/rule';
import { isParameter, type ParameterVersion } from '../../domain/province-data/parameter';
import type { Tx } from '../store/database';
import { doing, doingOnce } from './acts';
import { UNITS, valueMessage } from './deadline-messages';
import { actorOf, administratorOf, known } from './requests';

interface Deps {
  readonly parameters: ParameterStore<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

const WORDS = Object.values(UNITS);
const unitOf = (word: string): Unit => {
  const found = known(WORDS, word, 'unit');
  return (Object.keys(UNITS) as Unit[]).find((unit) => UNITS[unit] === found) ?? 'day';
};

/** The confirmed versions of the same jurisdiction that are in force on some day, by that day; for one day the highest version. */
const heldOf = (all: readonly ParameterVersion[], { jurisdiction }: ParameterVersion): ParameterVersion[] => {
  const confirmed = all.filter((one) => one.jurisdiction === jurisdiction && one.confirmed !== null);
  return confirmed
    .filter((one) => !confirmed.some((other) => other.validFrom === one.validFrom && other.version > one.version))
    .toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
};

const isLater = (version: ParameterVersion, all: readonly ParameterVersion[]): boolean =>
  all.some((one) => one.jurisdiction === version.jurisdiction && one.version > version.version);

const stateOf = (version: ParameterVersion, all: readonly ParameterVersion[], today: Day): ParameterState => {
  if (version.confirmed === null) return isLater(version, all) ? 'REPLACED' : 'PROPOSED';
  const held = heldOf(all, version);
  if (!held.includes(version)) return 'REPLACED';
  if (version.validFrom > today) return 'COMING';
  return held.findLast(({ validFrom }) => validFrom <= today) === version ? 'IN_FORCE' : 'REPLACED';
};

const versionMessage = (version: ParameterVersion, all: readonly ParameterVersion[], today: Day): VersionMessage => {
  const { code, jurisdiction, validFrom, amount, unit, extension, source, reason, proposed, confirmed } = version;
  const next = confirmed && heldOf(all, version).find((one) => one.validFrom > validFrom);
  return {
    ...{ jurisdiction, version: version.version, validFrom, source, reason, proposed, confirmed: confirmed ?? undefined },
    value: valueMessage({ limit: { ...ruleOf(code).limit, amount, unit }, extension }),
    state: stateOf(version, all, today),
    validUntil: next ? dayBefore(next.validFrom) : '',
  };
};

const BOUNDS = { atLeast: 'AT_LEAST', atMost: 'AT_MOST' } as const;

/** The province's own parameters come first. */
const placed = ({ jurisdiction }: ParameterVersion): string => (jurisdiction === PROVINCE ? '' : jurisdiction);

const messageOf = (code: string, all: readonly ParameterVersion[], today: Day): ParameterMessage => {
  const rule = ruleOf(code);
  const bound = boundOf(rule);
  const versions = all.filter((one) => one.code === code);
  return {
    ...{
      code,
      title: rule.title,
      trigger: rule.trigger,
      basis: rule.basis,
      law: valueMessage(rule),
      bound: bound ? BOUNDS[bound] : 'NONE',
    },
    versions: versions
      .toSorted((a, b) => placed(a).localeCompare(placed(b)) || b.version - a.version)
      .map((version) => versionMessage(version, versions, today)),
  };
};

const CODES = Object.keys(REGISTRY).filter(isParameter);

export const parameterServer = ({ parameters, transactions, now }: Deps): ParameterServiceImplementation<CallerContext> => {
  const deps = { store: parameters, kind: PARAMETERS, transactions, now };
  const get = async (code: string): Promise<ParameterMessage> => messageOf(code, await parameters.all(), dayOf(now()));
  return {
    listParameters: async ({ actor }) => {
      actorOf(actor);
      const all = await parameters.all();
      return { parameters: CODES.map((code) => messageOf(code, all, dayOf(now()))) };
    },
    proposeParameter: async (request, call) => {
      const { code, jurisdiction, validFrom, amount, extension } = request;
      const unit = unitOf(request.unit);
      await proposeChange(deps)({
        request: doingOnce('proposeParameter', ProposeParameterRequest, request, call),
        by: administratorOf(request.actor),
        claim: { code, jurisdiction, validFrom, amount, unit, extension, source: request.source.trim(), reason: request.reason.trim() },
      });
      return { parameter: await get(code) };
    },
    confirmParameter: async (request, call) => {
      const { actor, code, jurisdiction, version } = request;
      const asked = doing('confirmParameter', request, call);
      await confirmChange(deps)({ asked, by: administratorOf(actor), key: { code, jurisdiction }, version });
      return { parameter: await get(code) };
    },
  };
};
