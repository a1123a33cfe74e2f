// Every evaluation is recorded (逢考必录, N3.7b): at most a thousand results of one session, all or none. The event
// names who recorded them (N2.3b).
import { dayOf } from '@hengji/domain-kit';
import { checkActsFor, type Writer } from '@hengji/procedure/tables';
import { namedPerson, type NamedPerson } from '@hengji/province';
import { atMost } from '../domain/fields';
import { checkPermitted, type Standing } from '../domain/permission';
import { checkKind, checkPublished } from '../domain/plan';
import {
  checkHeld,
  checkNewScores,
  decideResult,
  duplicateResult,
  firstRepeated,
  type Result,
  type Scores,
  type Sitting,
} from '../domain/result';
import type { Ports, SealedResult } from './ports';

export interface NewResult extends Scores {
  readonly candidate: NamedPerson | undefined;
}

export interface RecordResults {
  readonly actor: Writer;
  readonly sessionId: string;
  readonly results: readonly NewResult[];
  /** The state of the filing, for the day of the exam. */
  readonly standing: Standing;
}

const candidateField = (i: number): string => `results[${i}].candidate.id_number`;

const sealed = <Tx>(ports: Ports<Tx>, sitting: Sitting, given: NewResult, field: string): SealedResult => {
  const candidate = namedPerson(given.candidate, `${field}.candidate`);
  const scores = checkNewScores(given, sitting.plan.level, field);
  const result = decideResult(sitting, scores, { resultId: ports.newId(), person: ports.pseudonym(candidate.idNumber) });
  return { result, sealedCandidate: ports.seal(candidate) };
};

/**
 * Records the results in the given order and returns them with their institution, all in `tx`. Refuses session.unknown, person.*, result.*,
 * order.held, filing.*.
 */
export const recordResults =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, command: RecordResults): Promise<{ results: Result[]; institution: string }> => {
    atMost(command.results.length, 'results', 'result.too_many');
    const sitting = await ports.plans.getSitting(tx, command.sessionId);
    const { institution } = sitting.plan;
    checkActsFor(command.actor, institution);
    checkPublished(sitting.plan);
    checkKind(sitting.plan, 'session_id');
    checkHeld(sitting.session, dayOf(ports.now()), 'session_id');
    const rows = command.results.map((given, i) => sealed(ports, sitting, given, `results[${i}]`));
    const results = rows.map((row) => row.result);
    const repeated = firstRepeated(results.map((result) => result.person));
    if (repeated >= 0) throw duplicateResult(candidateField(repeated));
    const { permission, askedAt } = command.standing;
    await ports.checkGuard(tx, institution, results.length > 0 ? results : [{ ...sitting.plan, ...sitting.session }], askedAt);
    checkPermitted(permission, 'session_id');
    const added = await ports.results.add(tx, rows);
    const taken = results.findIndex((result) => !added.has(result.resultId));
    if (taken >= 0) throw duplicateResult(candidateField(taken));
    const { sessionId } = sitting.session;
    if (added.size > 0) {
      const resultIds = results.map((result) => result.resultId);
      const recordedBy = command.actor.officerId;
      await ports.publish(tx, institution, { $case: 'resultsRecorded', value: { sessionId, resultIds, results, recordedBy } });
    }
    return { results, institution };
  };
