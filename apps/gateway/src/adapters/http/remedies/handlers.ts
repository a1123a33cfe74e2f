// Reconsiderations and suits: each handler makes one call to enforcement with the person as actor.
import { LONG_CALL } from '../../clients/neighbours';
import { knownRemedy } from '../known';
import type { Act, Out, Reached, RouteDeps } from '../route';
import type { OPEN_REMEDY, REMEDY_STEP } from './shapes';

type OnId = Act & { params: { id: string } };

export const openRemedy = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnId & { body: Out<typeof OPEN_REMEDY> },
) => knownRemedy(await neighbours.enforcementRemedies.openRemedy({ requestId, actor: person, caseId: params.id, ...body }));

export const getRemedy = async (_: RouteDeps, { reached }: { reached: Reached }) => reached.remedy;

export const takeRemedyStep = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnId & { body: Out<typeof REMEDY_STEP> },
) => {
  const request = { requestId, actor: person, remedyId: params.id, ...body };
  return knownRemedy(await neighbours.enforcementRemedies.takeRemedyStep(request, LONG_CALL));
};
