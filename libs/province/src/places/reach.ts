// Jurisdiction (管辖范围, 属地属事, N1): role × authority → whose records a person may see. This is the only rule. The gateway's routes, enforcement's
// competence, the lists of every service and the task lists all use it. A contradictory combination of role and authority gives nothing.
//
// An auditor (审计人员) has the jurisdiction of an officer of the same authority. The province's auditor sees all records, a city's auditor the
// city's records, and an auditor without an authority sees nothing. An account without a territory must not see the most.
import { isAuthority, PROVINCE } from './authorities';

export const ROLES = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'OPERATOR', 'AUDITOR'] as const;
export type Role = (typeof ROLES)[number];

/** The person; the values of `Actor` in meta/v1. A role that is not in `ROLES` sees nothing. */
export interface Looking {
  readonly role: string;
  /** LN, LN-SF, 2101..2114. */
  readonly authority: string;
  /** For role INSTITUTION: its code. */
  readonly institution: string;
}

/** The record: its institution and that institution's competent authority. */
export interface Place {
  readonly institution: string;
  readonly authority: string;
}

/** The conditions that narrow a list; an absent filter does not narrow. */
export interface Reach {
  readonly authority?: string;
  readonly institution?: string;
}

type AuthorityKind = 'province' | 'city' | 'none';
type Rule = (who: Looking) => Reach | null;

const everything: Rule = () => ({});
const nothing: Rule = () => null;
const ownAuthority: Rule = ({ authority }) => ({ authority });
const ownInstitution: Rule = ({ institution }) => (institution === '' ? null : { institution });

/** Every authority except the province counts as a city, including 沈抚示范区. */
export const REACH = {
  PROVINCE_OFFICER: { province: everything, city: nothing, none: nothing },
  CITY_OFFICER: { province: nothing, city: ownAuthority, none: nothing },
  AUDITOR: { province: everything, city: ownAuthority, none: nothing },
  INSTITUTION: { province: ownInstitution, city: ownInstitution, none: ownInstitution },
  OPERATOR: { province: nothing, city: nothing, none: nothing },
} as const satisfies Record<Role, Record<AuthorityKind, Rule>>;

export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

const kindOf = (authority: string): AuthorityKind => {
  if (!isAuthority(authority)) return 'none';
  return authority === PROVINCE ? 'province' : 'city';
};

/** The jurisdiction of the person; null means nothing. */
export const reachOf = (who: Looking): Reach | null => (isRole(who.role) ? REACH[who.role][kindOf(who.authority)](who) : null);

/** Whether the place lies in the jurisdiction. Whole codes are compared: 2110 is not 2101 with a zero cut off (rules §3.3). */
export const isReached = (reach: Reach | null, place: Place): boolean =>
  reach !== null &&
  (reach.authority === undefined || reach.authority === place.authority) &&
  (reach.institution === undefined || reach.institution === place.institution);
