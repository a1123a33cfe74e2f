// Who may read messages to agencies and send them again. The gateway checks territory; this check is the second one.
import { Refusal } from '@hengji/domain-kit';

export type ActorRole = 'PROVINCE_OFFICER' | 'CITY_OFFICER' | 'INSTITUTION' | 'OPERATOR' | 'AUDITOR' | 'UNSPECIFIED';

export const MESSAGE_ROLES = {
  list: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'OPERATOR', 'AUDITOR'],
  retry: ['PROVINCE_OFFICER', 'CITY_OFFICER', 'OPERATOR'],
} as const satisfies Record<string, readonly ActorRole[]>;

/** Refuses `actor.not_allowed` for any role outside the table, and when no actor is named. */
export const checkRole = (action: keyof typeof MESSAGE_ROLES, role: ActorRole | undefined): void => {
  if (role !== undefined && (MESSAGE_ROLES[action] as readonly ActorRole[]).includes(role)) return;
  throw new Refusal('forbidden', 'actor.not_allowed', '您的角色不能查看或重发部门报文', { field: 'actor.role' });
};
