// Who may pay: officers pay public money, never the institution that would be its debtor; readers change nothing.
import { checkRole } from '@hengji/procedure/tables';

const MAY_PAY = ['PROVINCE_OFFICER', 'CITY_OFFICER'];

/** Refuses `actor.missing` and `actor.role_forbidden`. */
export const checkPayer = (actor: { readonly role: string } | undefined): void => void checkRole(actor, MAY_PAY, '该角色不能发放补贴');
