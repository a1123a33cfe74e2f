// Imports existing results with their candidates (历史数据), a thousand per message, thousands per second. So every statement works on sets of
// rows.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { byInstitution } from '@hengji/participation';
import { isSameName, namedPerson, type NamedPerson } from '@hengji/province';
import { atMost } from '../domain/fields';
import { checkHeld, decideImportedResult, duplicateResult, firstRepeated, type ImportedResult, type Sitting } from '../domain/result';
import type { Imported } from './import-plans';
import type { Ports, SealedResult } from './ports';

export interface ImportedRow {
  readonly result: ImportedResult | undefined;
  readonly candidate: NamedPerson | undefined;
}

const sittingOf = (sittings: ReadonlyMap<string, Sitting>, sessionId: string, field: string): Sitting => {
  const sitting = sittings.get(sessionId);
  if (sitting === undefined) {
    throw new Refusal('notFound', 'session.unknown', '场次不存在', { field: `${field}.session_id`, rule: 'N3.7b' });
  }
  return sitting;
};

const given = (row: ImportedRow, i: number): ImportedResult => {
  if (row.result === undefined) {
    throw new Refusal('invalid', 'result.missing', '缺少结果', { field: `results[${i}].result`, rule: 'exam.v1.ImportedResult' });
  }
  return row.result;
};

const sealed = <Tx>(ports: Ports<Tx>, sitting: Sitting, row: ImportedRow, i: number): SealedResult => {
  const candidate = namedPerson(row.candidate, `results[${i}].candidate`);
  const person = ports.pseudonym(candidate.idNumber);
  checkHeld(sitting.session, dayOf(ports.now()), `results[${i}].result.session_id`);
  const result = decideImportedResult(sitting, given(row, i), person, `results[${i}].result`);
  return { result, sealedCandidate: ports.seal(candidate) };
};

const refuseRepeated = (rows: readonly SealedResult[]): void => {
  const person = firstRepeated(rows.map(({ result }) => `${result.sessionId} ${result.person}`));
  if (person >= 0) throw duplicateResult(`results[${person}].candidate.id_number`);
  const id = firstRepeated(rows.map(({ result }) => result.resultId));
  if (id >= 0) throw duplicateResult(`results[${id}].result.result_id`);
};

/** Rows that exist already must be equal in every field; names are compared decrypted. */
const checkAlready = async <Tx>(ports: Ports<Tx>, tx: Tx, rows: readonly SealedResult[], added: ReadonlySet<string>): Promise<void> => {
  const left = rows.filter(({ result }) => !added.has(result.resultId));
  if (left.length === 0) return;
  const stored = new Map(
    (
      await ports.results.find(
        tx,
        left.map(({ result }) => result.resultId),
      )
    ).map((row) => [row.result.resultId, row]),
  );
  for (const row of left) {
    const other = stored.get(row.result.resultId);
    const same =
      other !== undefined &&
      other.result.sessionId === row.result.sessionId &&
      other.result.person === row.result.person &&
      other.result.theoryTenths === row.result.theoryTenths &&
      other.result.skillTenths === row.result.skillTenths &&
      other.result.reviewTenths === row.result.reviewTenths &&
      isSameName(ports.open(other.sealedCandidate).name, ports.open(row.sealedCandidate).name);
    if (!same) throw duplicateResult(`results[${rows.indexOf(row)}].candidate.id_number`);
  }
};

/** Imports one message, all in `tx`. Refuses import.too_many, session.unknown, person.*, result.*, *.mismatch, order.held. */
export const importResults =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, message: readonly ImportedRow[]): Promise<Imported> => {
    atMost(message.length, 'results', 'import.too_many');
    const sessionIds = message.map((row, i) => given(row, i).sessionId);
    const sittings = await ports.plans.findSittings(tx, [...new Set(sessionIds)]);
    const rows = message.map((row, i) => sealed(ports, sittingOf(sittings, sessionIds[i] ?? '', `results[${i}].result`), row, i));
    refuseRepeated(rows);
    const groups = byInstitution(rows.map(({ result }) => result));
    for (const [institution, results] of groups) await ports.checkGuard(tx, institution, results);
    const added = await ports.results.add(tx, rows);
    await checkAlready(ports, tx, rows, added);
    for (const [institution, own] of groups) {
      const results = own.filter(({ resultId }) => added.has(resultId));
      if (results.length > 0) await ports.publish(tx, institution, { $case: 'resultsImported', value: { count: results.length, results } });
    }
    return { imported: added.size, already: rows.length - added.size };
  };
