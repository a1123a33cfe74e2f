// Parameters: each handler makes one call to enforcement, with the person as actor.
import type { Act, Input, Out, RouteDeps } from '../route';
import type { CONFIRMATION, PROPOSAL } from './shapes';

type Body<B> = Act & Pick<Input<unknown, unknown, B>, 'body'>;

export const listParameters = async ({ neighbours }: RouteDeps, { person }: Act) => ({
  items: (await neighbours.enforcementParameters.listParameters({ actor: person })).parameters,
  next: '',
});

export const proposeParameter = async ({ neighbours }: RouteDeps, { person, requestId, body }: Body<Out<typeof PROPOSAL>>) =>
  (await neighbours.enforcementParameters.proposeParameter({ ...body, actor: person, requestId })).parameter;

export const confirmParameter = async ({ neighbours }: RouteDeps, { person, body }: Body<Out<typeof CONFIRMATION>>) =>
  (await neighbours.enforcementParameters.confirmParameter({ ...body, actor: person })).parameter;
