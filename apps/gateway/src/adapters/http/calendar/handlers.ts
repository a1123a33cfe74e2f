// Years of the working-day calendar: each handler makes one call to enforcement, with the person as actor.
import type { Act, Input, Out, RouteDeps } from '../route';
import type { CONFIRMATION, PROPOSAL } from './shapes';

type Body<B> = Act & Pick<Input<unknown, unknown, B>, 'body'>;

export const listYears = async ({ neighbours }: RouteDeps, { person }: Act) => ({
  items: (await neighbours.enforcementCalendar.listCalendarYears({ actor: person })).years,
  next: '',
});

export const proposeYear = async ({ neighbours }: RouteDeps, { person, requestId, body }: Body<Out<typeof PROPOSAL>>) =>
  (await neighbours.enforcementCalendar.proposeCalendarYear({ ...body, actor: person, requestId })).year;

export const confirmYear = async ({ neighbours }: RouteDeps, { person, body }: Body<Out<typeof CONFIRMATION>>) =>
  (await neighbours.enforcementCalendar.confirmCalendarYear({ ...body, actor: person })).year;
