// On whose behalf money is paid: public money is paid by officers, never by the institution that would be its debtor, and readers
// change nothing.
import { checkRole } from '@hengji/procedure/tables';

const MAY_PAY = ['PROVINCE_OFFICER', 'CITY_OFFICER'];

/** Refuses `actor.missing` and `actor.role_forbidden`. */
export const checkPayer = (actor: { readonly role: string } | undefined): void => void checkRole(actor, MAY_PAY, '该角色不能发放补贴');
