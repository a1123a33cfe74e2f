// Who may do what, and where: the reach of a role over institutions (libs/province). The roles of a route are in routes.ts. The functions
// are pure, so that tests cover every combination.
import { Refusal } from '@hengji/domain-kit';
import { isAuthority, isInstitutionCode, isReached, isRole, PROVINCE, reachOf, type Place, type Role } from '@hengji/province';

/** A signed-in person; the field names are those of `Actor` in meta/v1. */
export interface Person {
  readonly officerId: string;
  readonly name: string;
  readonly role: Role;
  /** LN, LN-SF, 2101..2114. */
  readonly authority: string;
  /** For the role INSTITUTION: the code of the institution; otherwise empty. */
  readonly institution: string;
  /** The account of the sign-in, where it differs from the officer id. */
  readonly account?: string | undefined;
  /** The post in which the person acts (岗位), as the identity provider names it. */
  readonly post?: string | undefined;
  /** The level of that post by the gateway's settings; absent = no head. */
  readonly postLevel?: PostLevel | undefined;
}

/** 部门负责人; 行政机关负责人 (head or deputy, 行政处罚法 §57). */
export type PostLevel = 'DEPARTMENT_HEAD' | 'HEAD';

/** The names of posts, as the identity provider writes them, that are heads. */
export interface HeadPosts {
  readonly heads: readonly string[];
  readonly departmentHeads: readonly string[];
}

/** The level of a post; undefined for a post that is no head, and without a post. */
export const levelOfPost = ({ heads, departmentHeads }: HeadPosts, post = ''): PostLevel | undefined => {
  if (heads.includes(post)) return 'HEAD';
  return departmentHeads.includes(post) ? 'DEPARTMENT_HEAD' : undefined;
};

/** True if the person's role and territory reach the place. */
export const reaches = (person: Person, place: Place): boolean => isReached(reachOf(person), place);

/** Refuses `territory.outside` unless the person reaches one of the places of a record. */
export const checkReach = (person: Person, places: readonly Place[]): void => {
  if (places.some((place) => reaches(person, place))) return;
  throw new Refusal('forbidden', 'territory.outside', '该机构不在您的管辖范围内', { field: 'institution', rule: '管辖:主管部门' });
};

/** Refuses `role.not_allowed`. */
export const checkRole = (person: Person, roles: readonly Role[]): void => {
  if (roles.includes(person.role)) return;
  throw new Refusal('forbidden', 'role.not_allowed', '您的角色不能执行此操作', { rule: roles.join(' | ') });
};

/** An order that is not signed yet is internal to the officers; the institution learns of the order after it is signed. */
const BEFORE_SIGNING: readonly string[] = ['DRAFT', 'PREVIEWED', 'DISCARDED'];
export const maySeeOrder = (person: Person, state: string): boolean => person.role !== 'INSTITUTION' || !BEFORE_SIGNING.includes(state);

/** Limits of a criminal transfer (国务院令310号) would reveal the transfer to the institution. */
export const maySeeDeadline = (person: Person, code: string): boolean => person.role !== 'INSTITUTION' || !code.startsWith('D-TRANSFER-');

const roleFits = ({ role, authority, institution }: Omit<Person, 'officerId' | 'name'>): boolean => {
  switch (role) {
    case 'PROVINCE_OFFICER':
      return authority === PROVINCE;
    case 'CITY_OFFICER':
      return authority !== PROVINCE;
    case 'INSTITUTION':
      return isInstitutionCode(institution);
    case 'OPERATOR':
    case 'AUDITOR':
      return true;
  }
};

interface Claims {
  readonly sub: string;
  readonly name: string;
  readonly role: string;
  readonly authority: string;
  readonly institution: string;
  readonly account?: string | undefined;
  readonly post?: string | undefined;
}

/** The person of an identity provider's claims; refuses `sign_in.no_role` when the claims do not fit together. */
export const personOf = ({ sub, name, account, post, ...claims }: Claims): Person => {
  const { role, authority, institution } = claims;
  if (!isRole(role) || !isAuthority(authority) || !roleFits({ role, authority, institution })) {
    throw new Refusal('forbidden', 'sign_in.no_role', '该账号未授予本平台的角色或管辖范围', { rule: 'hengji_role, hengji_authority' });
  }
  return { officerId: sub, name, role, authority, institution: role === 'INSTITUTION' ? institution : '', account, post };
};
