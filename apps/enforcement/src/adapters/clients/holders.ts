// The client of certificate, with the one call that documents need: the certificates in the scope of a decision, with their holders; masked for
// the public notice, whole for the copy of the institution.
import { CertificateServiceDefinition, type ListHoldersResponse_Holder } from '@hengji/contracts/certificate/v1/certificate_service';
import { Refusal } from '@hengji/domain-kit';
import { grpcClient } from '@hengji/host';
import type { Holders } from '../../application/publicity/ports';
import type { ListedHolder } from '../../domain/cases/terms';
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
  const pages = async (asked: Parameters<typeof certificate.listHolders>[0]): Promise<ListHoldersResponse_Holder[]> => {
    const all: ListHoldersResponse_Holder[] = [];
    let after = '';
    do {
      const { holders, next } = await certificate.listHolders({ ...asked, after, limit: PAGE });
      all.push(...holders);
      if (all.length > MOST) throw tooLong();
      after = next;
    } while (after !== '');
    return all;
  };
  return {
    list: async (scope, without) => {
      const holders = await pages({ scope: scopeMessage(scope), without: without.map(scopeMessage) });
      return holders.map(({ number, maskedName }): NoticeEntry => ({ certificateNumber: number, maskedName }));
    },
    whole: async (scope) => {
      const holders = await pages({ scope: scopeMessage(scope), whole: true });
      // A certificate of an older version knows masked names alone.
      return holders.map(({ number, maskedName, name = maskedName }): ListedHolder => ({ certificateNumber: number, name }));
    },
    close: () => certificate.close(),
  };
};
