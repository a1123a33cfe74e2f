// The work that people do after an order: rectification with its evidence and re-checks (M6), and the work after a removal from the
// directory (M7). Each handler returns the case, whose file shows the change.
import { knownCase } from '../known';
import type { Act, Out, RouteDeps } from '../route';
import type { EVIDENCE, FOLLOW_UP, RECHECK } from './shapes';

type OnOrder = Act & { params: { id: string } };

export const giveEvidence = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof EVIDENCE> },
) => knownCase(await neighbours.enforcementCases.giveEvidence({ requestId, actor: person, orderId: params.id, ...body }));

export const checkRectification = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof RECHECK> },
) => knownCase(await neighbours.enforcementCases.checkRectification({ requestId, actor: person, orderId: params.id, ...body }));

export const finishFollowUp = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { params: { kind: string }; body: Out<typeof FOLLOW_UP> },
) => {
  const request = { requestId, actor: person, orderId: params.id, kind: params.kind, note: body.note };
  return knownCase(await neighbours.enforcementCases.finishFollowUp(request));
};
