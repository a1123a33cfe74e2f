// The status of a filing (备案) on a day, and whether it allows an act (N2.3a). Only removal is stored, by the orders that demand it. "Held" follows from an order in force and
// "expired" from the calendar. Both change without a write, when an order is lifted or a day passes.
import { isInTerritory, type EvaluationKind, type FilingObstacle } from '@hengji/province';
import type { Filing } from './institution';
import { covers } from './scope-lines';

/** FILED, or REMOVED while at least one removal order is in force. The code is never given to another institution. */
export type FilingState = 'FILED' | 'REMOVED';

export type FilingStatus = 'ACTIVE' | 'HELD' | 'EXPIRED' | 'REMOVED';

/** The evaluations that an order blocks. An empty list narrows nothing; days are inclusive, empty = open. */
export interface HoldScope {
  readonly plans: readonly string[];
  readonly sessions: readonly string[];
  readonly persons: readonly string[];
  readonly certificates: readonly string[];
  readonly occupationLevels: readonly { readonly occupation: string; readonly level: string }[];
  readonly from: string;
  readonly until: string;
}

export interface FilingHold {
  readonly orderId: string;
  readonly placedAt: Date;
  /** False for a fence that only serves an order's execution: it stops evaluation, but is not published as 停止评价. */
  readonly standing: boolean;
  readonly scope: HoldScope;
  /** The lifted parts of the hold. */
  readonly except: readonly HoldScope[];
}

/** A filing with everything that decides its status. */
export interface FilingRecord {
  readonly filing: Filing;
  readonly state: FilingState;
  readonly holds: readonly FilingHold[];
  /** Orders that removed it; empty while FILED. */
  readonly removedBy: readonly string[];
  /** The nearest due day of a rectification in force, or empty. */
  readonly rectifyBy: string;
}

/** An order has priority over the calendar: removed, held, expired, in this order. */
export const statusOf = (record: Pick<FilingRecord, 'filing' | 'state' | 'holds'>, today: string): FilingStatus => {
  if (record.state === 'REMOVED') return 'REMOVED';
  if (record.holds.some((hold) => hold.standing)) return 'HELD';
  return today > record.filing.validUntil || today < record.filing.validFrom ? 'EXPIRED' : 'ACTIVE';
};

/** The question: may the institution evaluate this, on this day? `level` is empty for special abilities. */
export interface Question {
  readonly kind: EvaluationKind;
  readonly occupation: string;
  readonly level: string;
  /** YYYY-MM-DD in Asia/Shanghai. */
  readonly day: string;
  /** GB/T 2260 code of the venue; empty where the question has no place. */
  readonly area: string;
}

/** The reason of a refusal; empty = permitted. `institution.unknown` is the answer for an unknown code. */
export type PermissionReason = '' | FilingObstacle;

/**
 * All evaluation of this occupation on this day is in the scope. A scope narrowed to existing plans, sessions, persons or certificates
 * leaves other evaluation outside. exam and certificate store these records, and refuse or permit by their own holds.
 */
const includes = (scope: HoldScope, asked: Question): boolean =>
  [scope.plans, scope.sessions, scope.persons, scope.certificates].every((list) => list.length === 0) &&
  (scope.occupationLevels.length === 0 ||
    scope.occupationLevels.some(({ occupation, level }) => occupation === asked.occupation && level === asked.level)) &&
  (scope.from === '' || asked.day >= scope.from) &&
  (scope.until === '' || asked.day <= scope.until);

const stops = ({ scope, except }: FilingHold, asked: Question): boolean =>
  includes(scope, asked) && !except.some((part) => includes(part, asked));

/** The answer to the question; with several reasons, the first in the order that an officer would use. */
export const decidePermission = (record: FilingRecord | undefined, asked: Question): PermissionReason => {
  if (!record) return 'institution.unknown';
  if (record.state === 'REMOVED') return 'filing.removed';
  if (record.holds.some((hold) => stops(hold, asked))) return 'filing.held';
  if (asked.day > record.filing.validUntil) return 'filing.expired';
  if (asked.day < record.filing.validFrom) return 'filing.not_yet_valid';
  if (!covers(record.filing.scopeLines, asked)) return 'filing.out_of_scope';
  // 应在属地开展评价 (N3.5a): in the territory of the authority of the institution's filing.
  return asked.area === '' || isInTerritory(asked.area, record.filing.authority) ? '' : 'filing.out_of_place';
};
