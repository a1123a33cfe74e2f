// The clients of the five services, each with the calls of ParticipantService. The fence call has a short limit, because a
// signature waits for its answer; a count may take long for a million records. The statements that the services sign are built
// here from the request and its answer, so a signature over anything else is invalid (attestation-check.ts).
import { affectedStatement, contradictionsStatement, fenceStatement, residualStatement, scopeStatement } from '@hengji/contracts';
import type { Signature } from '@hengji/contracts/enforcement/v1/order';
import type { RowPreview, RowResidual } from '@hengji/contracts/enforcement/v1/participant_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { canonical, digestOf, grpcClient, type Statement } from '@hengji/host';
import type { Participants } from '../../application/ports';
import type { Inclusions } from '../../application/proof/ports';
import { isStanding, type Service } from '../../domain/cascade';
import type { Preview, Row } from '../../domain/ledger';
import { isFenceWanted } from '../../domain/execution';
import { liftedParts } from '../../domain/liftings';
import type { Order } from '../../domain/order';
import type { Attestation } from '../../domain/proof';
import type { Scope } from '../../domain/scope';
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

/** Every statement has a time: without a time in the answer, nothing was signed. */
const attestation = (at: Date | undefined, signature: Signature | undefined, statement: (at: Date) => Statement): Attestation | null =>
  at && signature ? { statement: canonical(statement(at)), ...signature } : null;

const scopeDigest = (scope: Scope): string => digestOf(scopeStatement(scope));

const connect = (address: string, o: Options) =>
  grpcClient(ParticipantServiceDefinition, address, { caller: 'enforcement', secret: o.CALLER_SECRET, deadlineMs: o.COUNT_DEADLINE_MS });

type Clients = Record<Service, ReturnType<typeof connect>>;

const askFence = async (clients: Clients, o: Options, service: Service, order: Order) => {
  const { id: orderId, scope, signature: decided } = order;
  const epoch = decided?.epoch ?? 0n;
  const { placedAt, signedAt, standing, signature } = await clients[service].fence(
    // A service must not place a hold again for an order that no longer needs one.
    {
      ...{ orderId, epoch, scope: scopeMessage(scope), signedAt: decided?.at },
      ...{ standing: isStanding(order.measures), restate: !isFenceWanted(order, service) },
    },
    { deadlineMs: o.FENCE_PATIENCE_MS },
  );
  if (!placedAt) throw new Error(`${service} took the fence of order ${orderId} without saying when`);
  const of = { orderId, service, epoch, scope: scopeDigest(scope), standing, placedAt };
  return { placedAt, attestation: attestation(signedAt, signature, (at) => fenceStatement({ ...of, signedAt: at })) };
};

const askResidual = async (clients: Clients, service: Service, order: Order, rows: readonly Row[]) => {
  const lifting = order.liftings.find(({ number }) => number === rows[0]?.lifting);
  const scope = lifting?.scope ?? order.scope;
  // The scope of a lifting is not narrowed by earlier liftings.
  const parts = lifting ? [] : liftedParts(order);
  const question = { orderId: order.id, suspended: order.suspension !== null };
  const {
    rows: counts,
    countedAt,
    signature,
  } = await clients[service].countResidual({
    ...question,
    scope: scopeMessage(scope),
    rows: rows.map(rowAsk),
    lifted: parts.map((part) => ({ scope: scopeMessage(part.scope), rows: [...part.rows] })),
  });
  const residuals = new Map(counts.map((row) => [row.row, residualOf(row)]));
  const statement = (at: Date): Statement =>
    residualStatement({
      ...{ ...question, service, scope: scopeDigest(scope), countedAt: at },
      // A row without a count gets -1, which no service signs.
      rows: rows.map(({ number: row, target: { effect }, undoesRow }) => ({
        ...{ row, effect, undo: undoesRow > 0, undoesRow },
        count: residuals.get(row)?.count ?? -1n,
      })),
      lifted: parts.map((part) => ({ scope: scopeDigest(part.scope), rows: part.rows })),
    });
  return { residuals, attestation: attestation(countedAt, signature, statement) };
};

/** The two calls of a cross-check. */
const comparing = (clients: Clients): Pick<Participants, 'listAffected' | 'findContradictions'> => ({
  listAffected: async (service, { without, ...asked }) => {
    const answer = await clients[service].listAffected({ ...asked, without: without.map(scopeMessage), joined: true });
    const { joinedIds, count, next, checks, signature } = answer;
    const { orderId, row, after } = asked;
    const sha256 = Buffer.from(answer.sha256).toString('hex');
    const statement = (listedAt: Date): Statement =>
      affectedStatement({
        ...{ orderId, service, row, checks, after, next, count, sha256, listedAt },
        without: without.map(scopeDigest),
      });
    return { joinedIds, count, next, checks, sha256, attestation: attestation(answer.listedAt, signature, statement) };
  },
  findContradictions: async (service, { orderId, check, page: { joinedIds, count: ids, sha256 } }) => {
    const {
      count: contradictions,
      sample,
      answeredAt,
      signature,
    } = await clients[service].findContradictions({ orderId, check, joinedIds, count: ids });
    const of = { orderId, service, check, count: ids, sha256, contradictions };
    return {
      contradictions,
      sample,
      attestation: attestation(answeredAt, signature, (at) => contradictionsStatement({ ...of, answeredAt: at })),
    };
  },
});

/** Connects with the first call; `close` ends the connections. */
export const participantClients = (o: Options): Participants & Inclusions & { close(): void } => {
  const clients = {
    approval: connect(o.APPROVAL_ADDR, o),
    exam: connect(o.EXAM_ADDR, o),
    certificate: connect(o.CERTIFICATE_ADDR, o),
    subsidy: connect(o.SUBSIDY_ADDR, o),
    exchange: connect(o.EXCHANGE_ADDR, o),
  } satisfies Clients;

  return {
    preview: async (service, order, rows) => {
      const answer = await clients[service].preview({
        scope: scopeMessage(order.scope),
        rows: rows.map(rowAsk),
        // A signed order may already have claimed records; a repeated preview counts these claims for the row.
        orderId: order.signature ? order.id : '',
      });
      return new Map(answer.rows.map((row) => [row.row, previewOf(row)]));
    },
    fence: (service, order) => askFence(clients, o, service, order),
    countResidual: (service, order, rows) => askResidual(clients, service, order, rows),
    ...comparing(clients),
    listLeft: async (service, asked) => (await clients[service].listLeft(asked)).records,
    find: async (service, asked) => clients[service].proveInclusion(asked),
    close: () => Object.values(clients).forEach((client) => client.close()),
  };
};
