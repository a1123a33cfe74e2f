// The client of approval, limited to the call that exchange makes: whether the filing (备案) covers the exams of uploads.
import { EvaluationKind } from '@hengji/contracts/approval/v1/approval';
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { grpcClient } from '@hengji/host';
import type { Exam, ExamAnswer } from '../../domain/filing';

const DEADLINE_MS = 5_000;

export interface ApprovalClient {
  /**
   * approval's answer for each exam; `obstacle` is empty where the filing covers it. The question names the day of the exam; a filing that is
   * removed or held today counts as removed or held for every day. Refuses only when approval cannot be reached.
   */
  answersFor(institution: string, exams: readonly Exam[]): Promise<ExamAnswer[]>;
  close(): void;
}

export const approvalClient = (address: string, secret: string): ApprovalClient => {
  const client = grpcClient(ApprovalServiceDefinition, address, { caller: 'exchange', secret, deadlineMs: DEADLINE_MS });
  return {
    answersFor: async (institution, exams) => {
      const answers: ExamAnswer[] = [];
      // One after the other: an institution has few exams that wait, and approval answers all services.
      for (const exam of exams) {
        const { occupation, level, examDate: day } = exam;
        const kind = EvaluationKind.LEVEL_RECOGNITION;
        const { permitted, reason } = await client.checkPermission({ institution, kind, occupation, level, day, area: '' });
        answers.push({ ...exam, obstacle: permitted ? '' : reason || 'filing.not_permitted' });
      }
      return answers;
    },
    close: () => client.close(),
  };
};
