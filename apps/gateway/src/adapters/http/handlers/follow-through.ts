// What an order leaves to be done by people: rectification with its evidence and re-checks (M6), and the work after a removal
// from the directory (M7). Each answers with the case, whose file shows it.
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { Refusal } from '@hengji/domain-kit';
import type { z } from 'zod';
import type { Person } from '../../../domain/access';
import type { RouteDeps } from '../route';
import type { EVIDENCE, FOLLOW_UP, RECHECK } from '../shapes';

type Out<S extends Readonly<Record<string, z.ZodType>>> = z.output<z.ZodObject<S>>;
interface OnOrder {
  readonly person: Person;
  readonly requestId: string;
  readonly params: { id: string };
}

const present = ({ case: found }: { case?: Case | undefined }): Case => {
  if (!found) throw new Refusal('notFound', 'case.unknown', '没有这个案件', { field: 'id' });
  return found;
};

export const giveEvidence = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof EVIDENCE> },
) => present(await neighbours.enforcementCases.giveEvidence({ requestId, actor: person, orderId: params.id, ...body }));

export const checkRectification = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { body: Out<typeof RECHECK> },
) => present(await neighbours.enforcementCases.checkRectification({ requestId, actor: person, orderId: params.id, ...body }));

export const finishFollowUp = async (
  { neighbours }: RouteDeps,
  { person, requestId, params, body }: OnOrder & { params: { kind: string }; body: Out<typeof FOLLOW_UP> },
) => {
  const request = { requestId, actor: person, orderId: params.id, kind: params.kind, note: body.note };
  return present(await neighbours.enforcementCases.finishFollowUp(request));
};
