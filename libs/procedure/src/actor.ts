// The person of a request. Every RPC on behalf of a person refuses a request without one, in the same way.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';

/** Refuses `actor.missing`. */
export const actorOf = (actor: Actor | undefined): Actor => {
  if (!actor || actor.officerId === '') throw new Refusal('unauthenticated', 'actor.missing', '请求未注明操作人员', { field: 'actor' });
  return actor;
};
