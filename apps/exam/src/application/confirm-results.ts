// The check that certificate requests before it issues: whether the results are passed and published, who the candidates are, and whether
// an order holds them.
import { byInstitution } from '@hengji/participation';
import type { NamedPerson } from '@hengji/province';
import { atMost } from '../domain/fields';
import type { Result } from '../domain/result';
import type { Ports } from './ports';

export interface ConfirmedResult {
  readonly result: Result;
  readonly candidate: NamedPerson;
  readonly heldBy: readonly string[];
}

/** The existing results of the ids, in id order. Refuses result.too_many. */
export const confirmResults =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, resultIds: readonly string[]): Promise<ConfirmedResult[]> => {
    atMost(resultIds.length, 'result_ids', 'result.too_many');
    const rows = await ports.results.find(tx, resultIds);
    const holders = new Map<string, readonly string[]>();
    for (const [institution, results] of byInstitution(rows.map((row) => row.result))) {
      const heldBy = await ports.heldBy(tx, institution, results);
      results.forEach((result, i) => holders.set(result.resultId, heldBy[i] ?? []));
    }
    return rows.map(({ result, sealedCandidate }) => ({
      result,
      candidate: ports.open(sealedCandidate),
      heldBy: holders.get(result.resultId) ?? [],
    }));
  };
