// The client of approval, limited to the one call that exam makes.
import { EvaluationKind } from '@hengji/contracts/approval/v1/approval';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { grpcClient } from '@hengji/host';
import type { Permission, PermissionQuestion } from '../../domain/permission';

const DEADLINE_MS = 5_000;

export interface ApprovalClient {
  /** Asks whether the institution may evaluate this on that day at that place. Refuses only when approval cannot be reached. */
  permissionFor(asked: PermissionQuestion): Promise<Permission>;
  close(): void;
}

export const approvalClient = (address: string, secret: string): ApprovalClient => {
  const client = grpcClient(ApprovalServiceDefinition, address, { caller: 'exam', secret, deadlineMs: DEADLINE_MS });
  return {
    permissionFor: async ({ institution, kind, occupation, level, day, area }) => {
      const asked = { institution, kind: EvaluationKind[kind], occupation, level, day, area };
      const { permitted, reason } = await client.checkPermission(asked);
      return { permitted, reason };
    },
    close: () => client.close(),
  };
};
