// approval, narrowed to what subsidy asks: does the filing (备案) still carry these certificates?
import { EvaluationKind } from '@hengji/contracts/approval/v1/approval';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { grpcClient } from '@hengji/host';
import type { CertificateFacts } from '../../domain/payment';

const DEADLINE_MS = 5_000;

export interface ApprovalClient {
  /**
   * approval's reason against paying, by certificate number; those that it does not speak against are absent. Asked for the day of each
   * exam; a filing that is removed or held today is so for every day. Refuses only when approval cannot be reached.
   */
  obstaclesOf(certificates: readonly CertificateFacts[]): Promise<Map<string, string>>;
  close(): void;
}

export const approvalClient = (address: string, secret: string): ApprovalClient => {
  const client = grpcClient(ApprovalServiceDefinition, address, { caller: 'subsidy', secret, deadlineMs: DEADLINE_MS });
  const reasonAgainst = async ({ institution, occupation, level, examDate }: CertificateFacts): Promise<string> => {
    const kind = EvaluationKind.LEVEL_RECOGNITION;
    const { permitted, reason } = await client.checkPermission({ institution, kind, occupation, level, day: examDate, area: '' });
    return permitted ? '' : reason || 'filing.not_permitted';
  };
  return {
    obstaclesOf: async (certificates) => {
      // Certificates of one exam are one question.
      const asked = new Map<string, Promise<string>>();
      const answers = certificates.map((one) => {
        const key = [one.institution, one.occupation, one.level, one.examDate].join(' ');
        const answer = asked.get(key) ?? reasonAgainst(one);
        asked.set(key, answer);
        return answer.then((reason) => [one.number, reason] as const);
      });
      return new Map((await Promise.all(answers)).filter(([, reason]) => reason !== ''));
    },
    close: () => client.close(),
  };
};
