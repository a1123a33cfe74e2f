// approval, narrowed to the one question that exam asks.
import { EvaluationKind } from '@hengji/contracts/approval/v1/approval';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { grpcClient } from '@hengji/host';
import type { Permission } from '../../domain/permission';
import type { NewPlan } from '../../domain/plan';

const DEADLINE_MS = 5_000;

export interface ApprovalClient {
  /** May the institution evaluate this on the day of the exam? Refuses only when approval cannot be reached. */
  permissionFor(plan: NewPlan): Promise<Permission>;
  close(): void;
}

export const approvalClient = (address: string, secret: string): ApprovalClient => {
  const client = grpcClient(ApprovalServiceDefinition, address, { caller: 'exam', secret, deadlineMs: DEADLINE_MS });
  return {
    permissionFor: async ({ institution, occupation, level, examDate }) => {
      const kind = EvaluationKind.LEVEL_RECOGNITION;
      const { permitted, reason } = await client.checkPermission({ institution, kind, occupation, level, day: examDate });
      return { permitted, reason };
    },
    close: () => client.close(),
  };
};
