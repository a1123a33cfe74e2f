// The service signs its answers to enforcement with the key that signs its receipts. The signed answers are: the scope that it holds, its
// counts, the ids that it listed, and the records that contradict them. Enforcement requests and stores these answers; it cannot write any
// of them itself.
import { hash } from 'node:crypto';
import { affectedStatement, contradictionsStatement, fenceStatement, residualStatement, scopeStatement } from '@hengji/contracts';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import type {
  CountResidualRequest,
  CountResidualResponse,
  FenceRequest,
  FenceResponse,
  FindContradictionsRequest,
  FindContradictionsResponse,
  ListAffectedRequest,
  ListAffectedResponse,
} from '@hengji/contracts/enforcement/v1/participant_service';
import { digestOf, type Signer } from '@hengji/host';
import { latestOf } from '../tally';
import type { ParticipantName } from '../types';
import type { AffectedPage, JoinedIds } from './cross-checks';

export interface Attester {
  readonly service: ParticipantName;
  readonly signer: Signer;
  readonly now: () => Date;
}

const scopeDigest = (scope: Scope): string => digestOf(scopeStatement(scope));

/** The fence as this service has it. Its time is never earlier than the order, even if the clock of the service is behind. */
export const attestFence = (
  { service, signer, now }: Attester,
  { orderId, epoch, scope, signedAt: orderedAt }: Pick<FenceRequest, 'orderId' | 'epoch' | 'signedAt'> & { readonly scope: Scope },
  hold: { readonly placedAt: Date; readonly standing: boolean },
): FenceResponse => {
  const { standing } = hold;
  const placedAt = latestOf(hold.placedAt, orderedAt);
  const signedAt = latestOf(now(), placedAt);
  const statement = fenceStatement({ orderId, service, epoch, scope: scopeDigest(scope), standing, placedAt, signedAt });
  return { placedAt, signedAt, standing, signature: signer.sign(statement) };
};

interface CountAsked extends Pick<CountResidualRequest, 'orderId' | 'suspended'> {
  readonly scope: Scope;
  readonly rows: readonly { readonly row: number; readonly name: string; readonly undo: boolean; readonly undoesRow: number }[];
  readonly lifted: readonly { readonly scope: Scope; readonly rows: readonly number[] }[];
}

const countIn = (counts: CountResidualResponse['rows'], number: number): bigint => {
  const found = counts.find(({ row }) => row === number);
  if (!found) throw new Error(`row ${number} was asked for and not counted`);
  return found.count;
};

/** The counts, each with the row that was asked, and the question that the counts answer. */
export const attestResidual = (
  { service, signer }: Attester,
  { orderId, scope, rows, lifted, suspended }: CountAsked,
  { rows: counts, countedAt }: Pick<CountResidualResponse, 'rows'> & { readonly countedAt: Date },
): CountResidualResponse => {
  const statement = residualStatement({
    ...{ orderId, service, scope: scopeDigest(scope), suspended, countedAt },
    rows: rows.map(({ name, row, undo, undoesRow }) => ({ row, undo, undoesRow, effect: name, count: countIn(counts, row) })),
    lifted: lifted.map((part) => ({ scope: scopeDigest(part.scope), rows: part.rows })),
  });
  return { rows: counts, countedAt, signature: signer.sign(statement) };
};

/** The page, for all `checks` that start from exactly these ids. */
export const attestAffected = (
  { service, signer }: Attester,
  { orderId, row, after, without }: Pick<ListAffectedRequest, 'orderId' | 'row' | 'after' | 'without'>,
  { listedAt, ...page }: AffectedPage & { readonly listedAt: Date },
): Omit<ListAffectedResponse, 'ids' | 'joinedIds'> => {
  const { count, next, checks } = page;
  const sha256 = hash('sha256', page.joinedIds);
  const statement = affectedStatement({
    ...{ orderId, service, row, checks, after, next, count, sha256, listedAt },
    without: without.map(scopeDigest),
  });
  return { count, next, checks, listedAt, sha256: Buffer.from(sha256, 'hex'), signature: signer.sign(statement) };
};

/** The records that contradict exactly these ids. */
export const attestContradictions = (
  { service, signer }: Attester,
  { orderId, check, count: ids, joinedIds }: Pick<FindContradictionsRequest, 'orderId' | 'check'> & JoinedIds,
  { count, sample, answeredAt }: Pick<FindContradictionsResponse, 'count' | 'sample'> & { readonly answeredAt: Date },
): FindContradictionsResponse => {
  const asked = { orderId, service, check, count: ids, sha256: hash('sha256', joinedIds) };
  return { count, sample, answeredAt, signature: signer.sign(contradictionsStatement({ ...asked, contradictions: count, answeredAt })) };
};
