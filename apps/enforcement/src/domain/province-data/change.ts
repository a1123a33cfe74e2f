// A change of the province's data (years of the calendar, amounts of limits): one person of operations proposes it, another confirms it. Each is a
// version; a later version takes the place of an earlier one, and nothing is changed or taken away.
import { Refusal } from '@hengji/domain-kit';
import type { Role } from '@hengji/province';

/** Who did it, and when. */
export interface Hand {
  readonly officerId: string;
  readonly name: string;
  readonly at: Date;
}

/** Who changes it. */
export interface Administrator {
  readonly officerId: string;
  readonly name: string;
  readonly role: Role;
}

export interface Change {
  readonly version: number;
  readonly proposed: Hand;
  /** Null while it waits for a second person: it does not count yet. */
  readonly confirmed: Hand | null;
}

/** Which data it is: the noun of its reason codes, and its name on the screen. */
export interface DataNoun {
  readonly noun: 'calendar' | 'parameter';
  readonly title: string;
}

export interface Doer {
  readonly by: Administrator;
  readonly at: Date;
}

const RULE = 'design';

/** Refuses `role_forbidden`: the province's data decides about no case, so no officer of a case changes it. */
const checkRole = ({ noun, title }: DataNoun, { role }: Administrator): void => {
  if (role === 'OPERATOR') return;
  throw new Refusal('forbidden', `${noun}.role_forbidden`, `仅运维人员可以维护${title}`, { field: 'actor.role', rule: RULE });
};

const handOf = ({ by: { officerId, name }, at }: Doer): Hand => ({ officerId, name, at });

/** The next version, waiting for its confirmation. `earlier`: all versions of the same thing. Refuses `role_forbidden`. */
export const proposeNext = (data: DataNoun, earlier: readonly Change[], doer: Doer): Change => {
  checkRole(data, doer.by);
  return { version: Math.max(0, ...earlier.map((one) => one.version)) + 1, proposed: handOf(doer), confirmed: null };
};

export const unknownVersion = ({ noun }: DataNoun): Refusal =>
  new Refusal('notFound', `${noun}.unknown`, '没有这一版本', { field: 'version', rule: RULE });

/**
 * The proposal, confirmed; the same object for who confirmed it already. Refuses `role_forbidden`, `unknown`, `other_version` (a newer one was
 * proposed since), `same_person`, `confirmed` (by somebody else).
 */
export const confirmVersion = <C extends Change>(data: DataNoun, all: readonly C[], { version, by, at }: Doer & { version: number }): C => {
  const { noun } = data;
  checkRole(data, by);
  const found = all.find((one) => one.version === version);
  if (!found) throw unknownVersion(data);
  if (found.confirmed?.officerId === by.officerId) return found;
  if (found.confirmed) throw new Refusal('conflict', `${noun}.confirmed`, '该版本已由他人确认', { field: 'version', rule: RULE });
  if (all.some((one) => one.version > version)) {
    throw new Refusal('conflict', `${noun}.other_version`, '已有更新的提议，请查看后确认最新版本', { field: 'version', rule: RULE });
  }
  if (found.proposed.officerId === by.officerId) {
    throw new Refusal('forbidden', `${noun}.same_person`, '提议人不能确认自己的提议，应由第二人确认', { field: 'actor', rule: RULE });
  }
  return { ...found, confirmed: handOf({ by, at }) };
};
