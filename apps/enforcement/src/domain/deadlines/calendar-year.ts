// Years of the working-day calendar (工作日历) as they are loaded: one person of operations proposes what was announced, another confirms it.
// A later version takes the place of an earlier one; nothing is changed or taken away.
import { Refusal } from '@hengji/domain-kit';
import { checkCalendarYear, type CalendarYear, type Role, type YearClaim } from '@hengji/province';

/** Who did it, and when. */
export interface Hand {
  readonly officerId: string;
  readonly name: string;
  readonly at: Date;
}

export interface LoadedYear extends CalendarYear {
  readonly proposed: Hand;
  readonly confirmed: Hand | null;
}

export interface Loader {
  readonly officerId: string;
  readonly name: string;
  readonly role: Role;
}

const RULE = 'design';

/** Refuses `calendar.role_forbidden`: loading a year decides about no case, so no officer of a case does it. */
const checkRole = ({ role }: Loader): void => {
  if (role === 'OPERATOR') return;
  throw new Refusal('forbidden', 'calendar.role_forbidden', '仅运维人员可以维护工作日历', { field: 'actor.role', rule: RULE });
};

/** The next version, waiting for its confirmation. `earlier`: all versions of the year and jurisdiction. */
export const decidePropose = (claim: YearClaim, earlier: readonly LoadedYear[], { by, at }: { by: Loader; at: Date }): LoadedYear => {
  checkRole(by);
  checkCalendarYear(claim);
  const version = Math.max(0, ...earlier.map((one) => one.version)) + 1;
  return { ...claim, version, proposed: { officerId: by.officerId, name: by.name, at }, confirmed: null };
};

/**
 * The proposal, confirmed; the same object for who confirmed it already. Refuses `calendar.role_forbidden`, `calendar.unknown`,
 * `calendar.other_version` (a newer one was proposed since), `calendar.same_person`, `calendar.confirmed` (by somebody else).
 */
export const decideConfirm = (version: number, all: readonly LoadedYear[], { by, at }: { by: Loader; at: Date }): LoadedYear => {
  checkRole(by);
  const found = all.find((one) => one.version === version);
  if (!found) throw new Refusal('notFound', 'calendar.unknown', '没有这个年度的这一版本', { field: 'version', rule: RULE });
  if (found.confirmed?.officerId === by.officerId) return found;
  if (found.confirmed) throw new Refusal('conflict', 'calendar.confirmed', '该版本已由他人确认', { field: 'version', rule: RULE });
  if (all.some((one) => one.version > version)) {
    throw new Refusal('conflict', 'calendar.other_version', '该年度已有更新的提议，请查看后确认最新版本', { field: 'version', rule: RULE });
  }
  if (found.proposed.officerId === by.officerId) {
    throw new Refusal('forbidden', 'calendar.same_person', '提议人不能确认自己的提议，应由第二人确认', { field: 'actor', rule: RULE });
  }
  return { ...found, confirmed: { officerId: by.officerId, name: by.name, at } };
};
