// On whose behalf money is paid. The gateway checks territory; here stands the last line: public money is paid by officers,
// never by the institution that would be its debtor, and readers change nothing.
import { Refusal } from '@hengji/domain-kit';

const MAY_PAY: readonly string[] = ['PROVINCE_OFFICER', 'CITY_OFFICER'];

/** Refuses `actor.missing` and `actor.role_forbidden`. */
export const checkPayer = (actor: { readonly role: string } | undefined): void => {
  if (actor === undefined || actor.role === 'UNSPECIFIED') {
    throw new Refusal('invalid', 'actor.missing', '必须说明操作人员及其角色', { field: 'actor.role', rule: 'meta.v1.Actor' });
  }
  if (!MAY_PAY.includes(actor.role)) {
    throw new Refusal('forbidden', 'actor.role_forbidden', '该角色不能发放补贴', { field: 'actor.role', rule: 'meta.v1.Role' });
  }
};
