// Who may act on an order: computed from the filing of the institution (主管部门), never from the request. Rules §7.9: a city
// handles what it filed, the province what is filed with the province, and the province may act everywhere.
import { Refusal } from '@hengji/domain-kit';
import { PROVINCE, type EvaluationKind } from '@hengji/province';
import type { Measure } from './cascade';

export const ROLES = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'OPERATOR', 'AUDITOR'] as const;
export type Role = (typeof ROLES)[number];

/** The person on whose behalf the gateway calls. `authority`: LN, 2101..2114 or LN-SF. */
export interface Actor {
  readonly officerId: string;
  readonly role: Role;
  readonly authority: string;
  /** For role INSTITUTION: the institution that the person belongs to. */
  readonly institution: string;
}

/** What of the order decides who may act on it or see it. */
export interface Concern {
  readonly authority: string;
  readonly institution: string;
  /** False until the order is issued: before that its institution must not learn of it. */
  readonly issued: boolean;
}

/** What competence is computed from. */
export interface Filing {
  readonly name: string;
  /** With whom it is filed, in Liaoning: that authority handles and decides, also for branches of national bodies. */
  readonly authority: string;
  /** What it is filed for. */
  readonly kinds: readonly EvaluationKind[];
}

/**
 * Departments that decide together (会同): a unit of 职业资格 is handled by the department that implements the qualification with
 * the human-resources department (N: (四); rules §7.9). All others are decided by the human-resources department alone.
 */
export const jointlyWith = ({ kinds }: Pick<Filing, 'kinds'>): string[] =>
  kinds.includes('QUALIFICATION') ? ['职业资格实施（行业主管）部门'] : [];

/** Positions 2–5 of the code: 0000 where the province assigned it, else the number that 人社部 gave a national body (rules §2.1). */
const isNationalBody = (institution: string): boolean => institution.slice(1, 5) !== '0000';

/** Refuses `order.national_directory`: removal from the national directory is the ministry's; all else is decided here (rules §7.9). */
export const checkDirectory = (measures: readonly Measure[], institution: string): void => {
  if (measures.includes('REMOVE_FROM_DIRECTORY') && isNationalBody(institution)) {
    const message = '该机构是全国性机构在辽分支，列入国家目录，移出目录由人力资源社会保障部决定；可报请部里处理，并在本省采取其他措施';
    throw new Refusal('forbidden', 'order.national_directory', message, {
      field: `measures[${measures.indexOf('REMOVE_FROM_DIRECTORY')}]`,
      rule: 'rules §7.9',
    });
  }
};

/** Whether the officer may handle what is filed with this authority: its own city, or from the province. */
export const isCompetent = (actor: Actor, authority: string): boolean =>
  actor.role === 'PROVINCE_OFFICER' || (actor.role === 'CITY_OFFICER' && actor.authority === authority && authority !== PROVINCE);

/** Refuses `order.role_forbidden` and `order.out_of_territory`: who may draft, preview, sign, lift and retry. */
export const checkCompetence = (actor: Actor, authority: string): void => {
  if (actor.role !== 'PROVINCE_OFFICER' && actor.role !== 'CITY_OFFICER') {
    throw new Refusal('forbidden', 'order.role_forbidden', '仅省、市经办人员可以办理处理决定', { field: 'actor.role', rule: 'rules §7.9' });
  }
  if (!isCompetent(actor, authority)) {
    throw new Refusal('forbidden', 'order.out_of_territory', '该机构由其他主管部门管辖，您无权办理', {
      field: 'actor.authority',
      rule: 'rules §7.9',
    });
  }
};

/** Who may read: auditors everything, officers what they may handle, an institution what was issued against it. */
export const maySee = (actor: Actor, concern: Concern): boolean =>
  actor.role === 'AUDITOR' ||
  isCompetent(actor, concern.authority) ||
  (actor.role === 'INSTITUTION' && actor.institution !== '' && actor.institution === concern.institution && concern.issued);

/** Refuses `order.out_of_territory` for who may not read the order. */
export const checkMaySee = (actor: Actor, concern: Concern): void => {
  if (!maySee(actor, concern)) {
    throw new Refusal('forbidden', 'order.out_of_territory', '您无权查看该处理决定', { field: 'actor', rule: 'rules §7.9' });
  }
};

/** What a list may show to this person; null shows nothing. An absent filter does not narrow. */
export interface Visible {
  readonly authority?: string;
  readonly institution?: string;
  readonly issuedOnly?: boolean;
}

/** The same rule as `maySee`, as filters for a list. */
export const visibleTo = (actor: Actor): Visible | null => {
  switch (actor.role) {
    case 'PROVINCE_OFFICER':
    case 'AUDITOR':
      return {};
    case 'CITY_OFFICER':
      return actor.authority === PROVINCE ? null : { authority: actor.authority };
    case 'INSTITUTION':
      return actor.institution === '' ? null : { institution: actor.institution, issuedOnly: true };
    case 'OPERATOR':
      return null;
  }
};
