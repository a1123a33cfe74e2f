// The client of certificate, limited to the one call that subsidy makes: which of these certificates are valid today.
import { CertificateState } from '@hengji/contracts/certificate/v1/certificate';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { grpcClient } from '@hengji/host';
import type { CertificateFacts } from '../../domain/payment';

const DEADLINE_MS = 5_000;

export interface CertificateClient {
  /** The known certificates, by number. Refuses only when certificate cannot be reached. */
  factsOf(numbers: readonly string[]): Promise<Map<string, CertificateFacts>>;
  close(): void;
}

export const certificateClient = (address: string, secret: string): CertificateClient => {
  const client = grpcClient(CertificateServiceDefinition, address, { caller: 'subsidy', secret, deadlineMs: DEADLINE_MS });
  return {
    factsOf: async (numbers) => {
      const { certificates } = await client.holdsCertificates({ numbers: [...new Set(numbers)] });
      return new Map(
        certificates.map(({ number, state, institution, planId, sessionId, occupation, level, person, examDate }) => [
          number,
          { number, holds: state === CertificateState.ISSUED, institution, planId, sessionId, occupation, level, person, examDate },
        ]),
      );
    },
    close: () => client.close(),
  };
};
