// Answers by request id: the same id again gets the same answer and does no work; the same id with another body is an error of the sender.
// Stored without their numbers, which the repeated body contains.

export interface KeptAnswer {
  readonly bodyHash: string;
  /** Null when every row was 00. */
  readonly codes: readonly string[] | null;
  readonly receiptNo: string;
}

export interface Answered {
  find(agency: string, requestId: string): KeptAnswer | undefined;
  keep(agency: string, requestId: string, answer: { bodyHash: string; codes: readonly string[]; receiptNo: string }): void;
}

export const answered = (): Answered => {
  const kept = new Map<string, KeptAnswer>();
  return {
    find: (agency, requestId) => kept.get(`${agency} ${requestId}`),
    keep: (agency, requestId, { bodyHash, codes, receiptNo }) => {
      kept.set(`${agency} ${requestId}`, { bodyHash, codes: codes.every((code) => code === '00') ? null : codes, receiptNo });
    },
  };
};
