// The client of approval, limited to the call that subsidy makes: whether the filing (备案) still covers these certificates.
import { EvaluationKind } from '@hengji/contracts/approval/v1/approval';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { eachOnce } from '@hengji/domain-kit';
import { grpcClient } from '@hengji/host';
import type { CertificateFacts } from '../../domain/payment';

const DEADLINE_MS = 5_000;

export interface ApprovalClient {
  /**
   * approval's reasons against paying, by certificate number; certificates without a reason are absent. The question names the day of each
   * exam; a filing that is removed or held today counts as removed or held for every day. Refuses only when approval cannot be reached.
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
      // Certificates of one exam share one call.
      const examOf = ({ institution, occupation, level, examDate }: CertificateFacts): string =>
        [institution, occupation, level, examDate].join(' ');
      const reasonOf = eachOnce(examOf, reasonAgainst);
      const answers = await Promise.all(certificates.map(async (one) => [one.number, await reasonOf(one)] as const));
      return new Map(answers.filter(([, reason]) => reason !== ''));
    },
    close: () => client.close(),
  };
};
