// The client of approval, with the one call that a draft needs: the institution and its authority.
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { Refusal } from '@hengji/domain-kit';
import { grpcClient } from '@hengji/host';
import { EVALUATION_KINDS, type EvaluationKind } from '@hengji/province';
import type { Filings } from '../../application/ports';

const DEADLINE_MS = 3_000;
const KINDS = Object.keys(EVALUATION_KINDS) as EvaluationKind[];

const unknown = (institution: string): Refusal =>
  new Refusal('notFound', 'institution.unknown', `没有机构“${institution}”的备案`, { field: 'scope.institution', rule: 'N3.4' });

/** Connects with the first call; `close` ends the connection. */
export const filingsClient = (address: string, secret: string): Filings & { close(): void } => {
  const approval = grpcClient(ApprovalServiceDefinition, address, { caller: 'enforcement', secret, deadlineMs: DEADLINE_MS });
  return {
    get: async (code) => {
      const { institution } = await approval.getInstitution({ code }).catch((failure: unknown) => {
        // The refusal of approval names a field of its own request; the caller's field is in the scope.
        throw failure instanceof Refusal && failure.kind === 'notFound' ? unknown(code) : failure;
      });
      if (!institution) throw unknown(code);
      const kinds = KINDS.filter((kind) => institution.scopeLines.some((line) => line.kind === kind));
      return { name: institution.name, authority: institution.authority, kinds };
    },
    close: () => approval.close(),
  };
};
