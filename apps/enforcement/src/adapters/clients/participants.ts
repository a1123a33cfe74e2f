// The five services that an order reaches, each narrowed to the three questions of ParticipantService. A fence has a short
// limit, because a signature waits for it; counting may take as long as a million records take.
import type { RowPreview, RowResidual } from '@hengji/contracts/enforcement/v1/participant_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { grpcClient } from '@hengji/host';
import type { Participants } from '../../application/ports';
import type { Inclusions } from '../../application/proof/ports';
import { isStanding, type Service } from '../../domain/cascade';
import type { Preview } from '../../domain/ledger';
import { liftedParts } from '../../domain/liftings';
import { rowAsk, scopeMessage } from '../messages';

/** The addresses and limits of config.ts. */
interface Options {
  readonly APPROVAL_ADDR: string;
  readonly EXAM_ADDR: string;
  readonly CERTIFICATE_ADDR: string;
  readonly SUBSIDY_ADDR: string;
  readonly EXCHANGE_ADDR: string;
  readonly CALLER_SECRET: string;
  readonly FENCE_PATIENCE_MS: number;
  readonly COUNT_DEADLINE_MS: number;
}

const previewOf = ({ row: _, ...preview }: RowPreview): Preview => preview;
const residualOf = ({ count, sample }: RowResidual): { count: bigint; sample: readonly string[] } => ({ count, sample });

/** Connects with the first call; `close` ends the connections. */
export const participantClients = (o: Options): Participants & Inclusions & { close(): void } => {
  const connect = (address: string) =>
    grpcClient(ParticipantServiceDefinition, address, { caller: 'enforcement', secret: o.CALLER_SECRET, deadlineMs: o.COUNT_DEADLINE_MS });
  const clients = {
    approval: connect(o.APPROVAL_ADDR),
    exam: connect(o.EXAM_ADDR),
    certificate: connect(o.CERTIFICATE_ADDR),
    subsidy: connect(o.SUBSIDY_ADDR),
    exchange: connect(o.EXCHANGE_ADDR),
  } satisfies Record<Service, ReturnType<typeof connect>>;

  return {
    preview: async (service, order, rows) => {
      const answer = await clients[service].preview({
        scope: scopeMessage(order.scope),
        rows: rows.map(rowAsk),
        // Signed, it may have claimed something: asked again, a row is bound to what it would touch now.
        orderId: order.signature ? order.id : '',
      });
      return new Map(answer.rows.map((row) => [row.row, previewOf(row)]));
    },
    fence: async (service, order) => {
      const fence = {
        orderId: order.id,
        epoch: order.signature?.epoch ?? 0n,
        scope: scopeMessage(order.scope),
        standing: isStanding(order.measures),
      };
      const { placedAt } = await clients[service].fence(fence, { deadlineMs: o.FENCE_PATIENCE_MS });
      if (!placedAt) throw new Error(`${service} took the fence of order ${order.id} without saying when`);
      return placedAt;
    },
    countResidual: async (service, order, rows) => {
      const lifting = order.liftings.find(({ number }) => number === rows[0]?.lifting);
      const answer = await clients[service].countResidual({
        orderId: order.id,
        scope: scopeMessage(lifting?.scope ?? order.scope),
        rows: rows.map(rowAsk),
        // What a lifting is to restore is not narrowed by what earlier ones took back.
        lifted: lifting ? [] : liftedParts(order).map((part) => ({ scope: scopeMessage(part.scope), rows: [...part.rows] })),
        suspended: order.suspension !== null,
      });
      return new Map(answer.rows.map((row) => [row.row, residualOf(row)]));
    },
    listAffected: (service, { without, ...asked }) => clients[service].listAffected({ ...asked, without: without.map(scopeMessage) }),
    findContradictions: async (service, { ids, ...asked }) => {
      const { count, sample } = await clients[service].findContradictions({ ...asked, ids: [...ids] });
      return { contradictions: count, sample };
    },
    listLeft: async (service, asked) => (await clients[service].listLeft(asked)).records,
    find: async (service, asked) => clients[service].proveInclusion(asked),
    close: () => Object.values(clients).forEach((client) => client.close()),
  };
};
