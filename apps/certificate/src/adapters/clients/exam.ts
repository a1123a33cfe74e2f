// The client of exam, limited to the one call that certificate makes.
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { grpcClient } from '@hengji/host';
import type { ConfirmedResult } from '../../domain/issue';

const DEADLINE_MS = 10_000;

export interface ExamClient {
  /** exam's confirmation of at most 1,000 results; unknown results are absent. */
  confirmResults(resultIds: readonly string[]): Promise<ConfirmedResult[]>;
  close(): void;
}

export const examClient = (address: string, secret: string): ExamClient => {
  const client = grpcClient(ExamServiceDefinition, address, { caller: 'certificate', secret, deadlineMs: DEADLINE_MS });
  return {
    confirmResults: async (resultIds) => {
      const { results } = await client.confirmResults({ resultIds: [...resultIds] });
      // A result without its candidate cannot be certified, so it is treated as absent.
      return results.flatMap(({ result, candidate, heldBy, obstacle, kind }) =>
        result && candidate ? [{ result, candidate, heldBy, obstacle, kind }] : [],
      );
    },
    close: () => client.close(),
  };
};
