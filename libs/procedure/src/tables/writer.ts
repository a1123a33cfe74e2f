// On whose behalf a record is changed. The gateway checks the territory; this file makes the last check. A change needs a person, readers
// change nothing, and an institution's own people act only for their institution.
import { Refusal } from '@hengji/domain-kit';

/** A person who changes a record. */
export interface Writer {
  /** Account of the person; no personal number. */
  readonly officerId: string;
  readonly role: string;
  /** Institution code, for people of an institution. */
  readonly institution: string;
}

/** The person, if the role is one of these. Refuses `actor.missing` and, with the message, `actor.role_forbidden`. */
export const checkRole = <P extends Pick<Writer, 'role'>>(actor: P | undefined, roles: readonly string[], message: string): P => {
  if (actor === undefined || actor.role === 'UNSPECIFIED') {
    throw new Refusal('invalid', 'actor.missing', '必须说明操作人员及其角色', { field: 'actor.role', rule: 'meta.v1.Actor' });
  }
  if (!roles.includes(actor.role)) {
    throw new Refusal('forbidden', 'actor.role_forbidden', message, { field: 'actor.role', rule: 'meta.v1.Role' });
  }
  return actor;
};

const MAY_WRITE = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION'];

/** Officers and institutions. Refuses `actor.missing` and `actor.role_forbidden`. */
export const checkWriter = <P extends Writer>(actor: P | undefined): P => checkRole(actor, MAY_WRITE, '该角色不能办理此业务');

/** Refuses `actor.other_institution` when an institution's own person acts for another institution. */
export const checkActsFor = (actor: Pick<Writer, 'role' | 'institution'>, institution: string): void => {
  if (actor.role === 'INSTITUTION' && actor.institution !== institution) {
    throw new Refusal('forbidden', 'actor.other_institution', '只能办理本机构的业务', {
      field: 'actor.institution',
      rule: 'meta.v1.Actor',
    });
  }
};
