// The person or service that acts, read from a call: the person whom the gateway names, otherwise the calling service. Posts come from the
// person's sign-in until there is a register of posts.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import type { Principal } from './act';

const NO_PERSON = { account: '', name: '', role: '', post: '', authority: '', institution: '' } as const;

/** The service as the acting party. */
export const serviceActing = (service: string): Principal => ({ kind: 'SERVICE', id: service, ...NO_PERSON });

/** The person, if the call names one; otherwise the calling service, which acts for itself. */
export const principalOf = (actor: Actor | undefined, caller: string): Principal => {
  if (!actor || (actor.officerId === '' && actor.role === 'UNSPECIFIED')) return serviceActing(caller);
  const { officerId, account, name, role, post = '', authority, institution } = actor;
  return { kind: 'PERSON', id: officerId, account: account || officerId, name, role, post, authority, institution };
};
