// Acts as JSON lines, for the offline verifier and for anybody who stores a copy elsewhere. Each act is at its position, and each
// checkpoint follows the last act that it covers. Lines are in canonical form (RFC 8785).
import { canonical, type JsonValue } from '@hengji/host';
import type { SqlTx } from '@hengji/messaging';
import { actStatement, checkpointStatement, type ChainedAct, type SignedCheckpoint } from './act';
import { chainedAfter, checkpointsAfter } from './act-rows';

const ACTS_A_PAGE = 1_000;

/** The act with its hash as a line, without the line break. */
export const actLine = (act: ChainedAct): string => canonical({ ...actStatement(act), hash: act.hash });

/** The checkpoint with its signature as a line, without the line break. */
export const checkpointLine = (service: string, { signature, ...checkpoint }: SignedCheckpoint): string => {
  const { keyId, algorithm, value } = signature;
  const signed: JsonValue = { keyId, algorithm, value: Buffer.from(value).toString('hex') };
  return canonical({ statement: checkpointStatement(service, checkpoint), signature: signed });
};

async function* checkpointsOf(tx: SqlTx): AsyncGenerator<SignedCheckpoint> {
  for (let number = 0n; ;) {
    const page = await checkpointsAfter(tx, number, ACTS_A_PAGE);
    yield* page;
    if (page.length < ACTS_A_PAGE) return;
    number = page.at(-1)?.number ?? number;
  }
}

/** All acts that have a position, and all checkpoints. Acts chained during the export may or may not be included. */
export async function* exportActs(tx: SqlTx, service: string): AsyncGenerator<string> {
  const checkpoints = checkpointsOf(tx);
  let next = await checkpoints.next();
  for (let position = 0n; ;) {
    const page = await chainedAfter(tx, position, ACTS_A_PAGE);
    for (const act of page) {
      yield actLine(act);
      for (; !next.done && next.value.position <= act.position; next = await checkpoints.next()) yield checkpointLine(service, next.value);
    }
    if (page.length < ACTS_A_PAGE) break;
    position = page.at(-1)?.position ?? position;
  }
  // Only if acts were removed from the end: the export must show this to the verifier.
  for (; !next.done; next = await checkpoints.next()) yield checkpointLine(service, next.value);
}
