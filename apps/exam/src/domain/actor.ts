// On whose behalf a change is made. The gateway checks territory; here stands the last line: a change needs a person,
// readers change nothing, and an institution's own people act for their institution only.
import { Refusal } from '@hengji/domain-kit';

export interface Actor {
  /** Account of the person; no personal number. */
  readonly officerId: string;
  readonly role: string;
  /** Institution code, for people of an institution. */
  readonly institution: string;
}

const MAY_WRITE: readonly string[] = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION'];

/** Refuses `actor.missing` and `actor.role_forbidden`. */
export const checkWriter = (actor: Actor | undefined): Actor => {
  if (actor === undefined || actor.role === 'UNSPECIFIED') {
    throw new Refusal('invalid', 'actor.missing', '必须说明操作人员及其角色', { field: 'actor.role', rule: 'meta.v1.Actor' });
  }
  if (!MAY_WRITE.includes(actor.role)) {
    throw new Refusal('forbidden', 'actor.role_forbidden', '该角色不能办理此业务', { field: 'actor.role', rule: 'meta.v1.Role' });
  }
  return actor;
};

/** Refuses `actor.other_institution` when an institution's own person acts for another institution. */
export const checkActsFor = (actor: Actor, institution: string): void => {
  if (actor.role === 'INSTITUTION' && actor.institution !== institution) {
    throw new Refusal('forbidden', 'actor.other_institution', '只能办理本机构的业务', {
      field: 'actor.institution',
      rule: 'meta.v1.Actor',
    });
  }
};
