// The client of certificate, with the one call that a public notice needs: the certificates that a decision voids, with their masked holders.
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { Refusal } from '@hengji/domain-kit';
import { grpcClient } from '@hengji/host';
import type { Holders } from '../../application/publicity/ports';
import type { NoticeEntry } from '../../domain/publicity/notice';
import { scopeMessage } from '../messages';

const DEADLINE_MS = 30_000;
const PAGE = 10_000;
/** Two hundred events. A longer list is left out, with a reason. */
const MOST = 200_000;

const tooLong = (): Refusal =>
  new Refusal('tooMuch', 'publicity.list_too_long', `名单超过${MOST}本，请选择不公开名单并写明理由`, {
    field: 'notice.left_out',
    rule: 'design',
  });

/** Connects with the first call; `close` ends the connection. */
export const holdersClient = (address: string, secret: string): Holders & { close(): void } => {
  const certificate = grpcClient(CertificateServiceDefinition, address, { caller: 'enforcement', secret, deadlineMs: DEADLINE_MS });
  return {
    list: async (scope, without) => {
      const entries: NoticeEntry[] = [];
      let after = '';
      do {
        const asked = { scope: scopeMessage(scope), without: without.map(scopeMessage), after, limit: PAGE };
        const { holders, next } = await certificate.listHolders(asked);
        entries.push(...holders.map(({ number, maskedName }) => ({ certificateNumber: number, maskedName })));
        if (entries.length > MOST) throw tooLong();
        after = next;
      } while (after !== '');
      return entries;
    },
    close: () => certificate.close(),
  };
};
