// A change of the province's data (years of the calendar, amounts of limits): one person of operations proposes the change,
// another confirms it. Each change is a version; a later version replaces an earlier one, and no version is changed or deleted.
import { Refusal } from '@hengji/domain-kit';
import type { Role } from '@hengji/province';

/** The person who acted, and the time. */
export interface Hand {
  readonly officerId: string;
  readonly name: string;
  readonly at: Date;
}

/** The person who changes the data. */
export interface Administrator {
  readonly officerId: string;
  readonly name: string;
  readonly role: Role;
}

export interface Change {
  readonly version: number;
  readonly proposed: Hand;
  /** Null before the confirmation by a second person; an unconfirmed version is not in force. */
  readonly confirmed: Hand | null;
}

/** The kind of data: the noun in its reason codes, and its title on the screen. */
export interface DataNoun {
  readonly noun: 'calendar' | 'parameter';
  readonly title: string;
}

export interface Doer {
  readonly by: Administrator;
  readonly at: Date;
}

const RULE = 'design';

/** Refuses `role_forbidden`: the province's data decides no case, so no officer of a case changes it. */
const checkRole = ({ noun, title }: DataNoun, { role }: Administrator): void => {
  if (role === 'OPERATOR') return;
  throw new Refusal('forbidden', `${noun}.role_forbidden`, `仅运维人员可以维护${title}`, { field: 'actor.role', rule: RULE });
};

const handOf = ({ by: { officerId, name }, at }: Doer): Hand => ({ officerId, name, at });

/** The next version, unconfirmed. `earlier`: all versions of the same data. Refuses `role_forbidden`. */
export const proposeNext = (data: DataNoun, earlier: readonly Change[], doer: Doer): Change => {
  checkRole(data, doer.by);
  return { version: Math.max(0, ...earlier.map((one) => one.version)) + 1, proposed: handOf(doer), confirmed: null };
};

export const unknownVersion = ({ noun }: DataNoun): Refusal =>
  new Refusal('notFound', `${noun}.unknown`, '没有这一版本', { field: 'version', rule: RULE });

/**
 * The confirmed proposal; the same object if this person has already confirmed it. Refuses `role_forbidden`, `unknown`,
 * `other_version` (a newer version was proposed since), `same_person`, `confirmed` (by another person).
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
