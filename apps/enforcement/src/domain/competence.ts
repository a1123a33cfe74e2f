// Who may act on an order: computed from the filing of the institution (主管部门, N3.4), never from the request. Rules §7.9: a city
// handles the institutions filed with the city, the province those filed with the province. The province reads everything. In a
// matter of a city the province acts only after a recorded 提级 (cases/chain/jurisdiction.ts).
import { Refusal } from '@hengji/domain-kit';
import { authorityShortName, isReached, PROVINCE, reachOf, type EvaluationKind, type Reach, type Role } from '@hengji/province';
import type { Measure } from './cascade';

/** 部门负责人; 行政机关负责人 (head or deputy, 行政处罚法 §57). */
export type PostLevel = 'DEPARTMENT_HEAD' | 'HEAD';

/** The person on whose behalf the gateway calls. `authority`: LN, 2101..2114 or LN-SF. */
export interface Actor {
  readonly officerId: string;
  readonly role: Role;
  readonly authority: string;
  /** For role INSTITUTION: the institution that the person belongs to. */
  readonly institution: string;
  /** Absent: the person is no head. */
  readonly postLevel?: PostLevel;
}

/** The properties of an order that decide who may act on it or read it. */
export interface Concern {
  /** The authority that handles it now. */
  readonly authority: string;
  /** The authority of the filing, which continues to read what another authority took over; absent = `authority`. */
  readonly filedWith?: string;
  readonly institution: string;
  /** False until the order is issued; before the issue its institution may not read the order. */
  readonly issued: boolean;
}

/** The parts of a filing from which competence is computed. */
export interface Filing {
  readonly name: string;
  /** The authority of the filing in Liaoning. That authority handles and decides, also for branches of national bodies. */
  readonly authority: string;
  /** The kinds of evaluation in the filing. */
  readonly kinds: readonly EvaluationKind[];
}

/**
 * Departments that decide together (会同). An institution of 职业资格 is handled by the department that implements the
 * qualification with the human-resources department (N: (四); rules §7.9). The human-resources department alone decides on all
 * others.
 */
export const jointlyWith = ({ kinds }: Pick<Filing, 'kinds'>): string[] =>
  kinds.includes('QUALIFICATION') ? ['职业资格实施（行业主管）部门'] : [];

/** Positions 2–5 of the code: 0000 for a code that the province assigned, else the number that 人社部 gave a national body (rules §2.1). */
const isNationalBody = (institution: string): boolean => institution.slice(1, 5) !== '0000';

/**
 * Refuses `order.national_directory`: the ministry decides a removal from the national directory; other measures are decided
 * here (rules §7.9).
 */
export const checkDirectory = (measures: readonly Measure[], institution: string): void => {
  if (measures.includes('REMOVE_FROM_DIRECTORY') && isNationalBody(institution)) {
    const message = '该机构是全国性机构在辽分支，列入国家目录，移出目录由人力资源社会保障部决定；可报请部里处理，并在本省采取其他措施';
    throw new Refusal('forbidden', 'order.national_directory', message, {
      field: `measures[${measures.indexOf('REMOVE_FROM_DIRECTORY')}]`,
      rule: 'rules §7.9',
    });
  }
};

const isOfficer = ({ role }: Actor): boolean => role === 'PROVINCE_OFFICER' || role === 'CITY_OFFICER';

/** Whether the officer may handle matters of this authority: an officer of that authority, and of no other (rules §7.9). */
export const isCompetent = (actor: Actor, authority: string): boolean =>
  isOfficer(actor) && actor.authority === authority && isReached(reachOf(actor), { authority, institution: '' });

/** Whether the officer is of the authority above: the province, in a matter of a city. */
export const isSuperior = (actor: Actor, authority: string): boolean =>
  actor.role === 'PROVINCE_OFFICER' && isCompetent(actor, PROVINCE) && authority !== PROVINCE;

/** The refusal of a matter of another authority, in words; for the province: how it becomes competent. */
export const outOfTerritoryWords = (actor: Actor, authority: string, otherwise: string): string =>
  isSuperior(actor, authority)
    ? `该事项由${authorityShortName(authority)}管辖，省级不直接办理；确需由省级办理的，由负责人在案件中办理“提级办理”（写明理由和文号）后再办`
    : otherwise;

const checkIsOfficer = (actor: Actor): void => {
  if (isOfficer(actor)) return;
  throw new Refusal('forbidden', 'order.role_forbidden', '仅省、市经办人员可以办理处理决定', { field: 'actor.role', rule: 'rules §7.9' });
};

/** Refuses `order.role_forbidden` and `order.out_of_territory` for a person who prepares nothing in matters of this authority; the province may take each over. */
export const checkReaches = (actor: Actor, authority: string): void => {
  checkIsOfficer(actor);
  if (isReached(reachOf(actor), { authority, institution: '' })) return;
  throw new Refusal('forbidden', 'order.out_of_territory', '该机构由其他主管部门管辖，您无权办理', {
    field: 'actor.authority',
    rule: 'rules §7.9',
  });
};

/** Refuses `order.role_forbidden` and `order.out_of_territory` for a person who may not draft, preview, sign, lift and retry. */
export const checkCompetence = (actor: Actor, authority: string): void => {
  checkIsOfficer(actor);
  if (!isCompetent(actor, authority)) {
    const message = outOfTerritoryWords(actor, authority, '该机构由其他主管部门管辖，您无权办理');
    throw new Refusal('forbidden', 'order.out_of_territory', message, {
      field: 'actor.authority',
      rule: 'rules §7.9',
    });
  }
};

/** Whether the person may read the order: each person whose reach includes the order; its institution, after the issue. */
export const maySee = (actor: Actor, { institution, issued, ...of }: Concern): boolean =>
  [of.authority, of.filedWith ?? of.authority].some((authority) => isReached(reachOf(actor), { authority, institution })) &&
  (actor.role !== 'INSTITUTION' || issued);

/** Refuses `order.out_of_territory` for a person who may not read the order. */
export const checkMaySee = (actor: Actor, concern: Concern): void => {
  if (!maySee(actor, concern)) {
    throw new Refusal('forbidden', 'order.out_of_territory', '您无权查看该处理决定', { field: 'actor', rule: 'rules §7.9' });
  }
};

/** The filter of a list for this person; null = nothing is shown. An absent filter does not narrow. */
export interface Visible extends Reach {
  readonly issuedOnly?: boolean;
}

/** The same rule as `maySee`, as filters for a list. */
export const visibleTo = (actor: Actor): Visible | null => {
  const reach = reachOf(actor);
  return reach && actor.role === 'INSTITUTION' ? { ...reach, issuedOnly: true } : reach;
};
