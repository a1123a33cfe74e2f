// The client of certificate, with the one call that a list of numbers needs: which of them exist, and of which institution.
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { Refusal } from '@hengji/domain-kit';
import { grpcClient } from '@hengji/host';
import type { CertificateNumbers } from '../../application/ports';

const DEADLINE_MS = 10_000;

const unchecked = (): Refusal =>
  new Refusal('unavailable', 'order.numbers_unchecked', '证书服务暂时不可用，无法核对证书编号，请稍后再试', { field: 'certificate' });

/** Connects with the first call; `close` ends the connection. */
export const certificateNumbersClient = (address: string, secret: string): CertificateNumbers & { close(): void } => {
  const client = grpcClient(CertificateServiceDefinition, address, { caller: 'enforcement', secret, deadlineMs: DEADLINE_MS });
  return {
    find: async (numbers) => {
      const { numbers: found } = await client.findNumbers({ numbers: [...numbers] }).catch((failure: unknown) => {
        throw failure instanceof Refusal && failure.kind === 'unavailable' && failure.reason !== 'clock.skewed' ? unchecked() : failure;
      });
      return new Map(found.map(({ number, institution, state }) => [number, { institution, isVoid: state === 'VOIDED' }]));
    },
    close: () => client.close(),
  };
};
