// Events of a case for the consumers of enforcement.v1: the step and the state, never the text of the record.
import { TOPICS } from '@hengji/contracts';
import { publish, type SqlTx } from '@hengji/messaging';
import { keepOwnAct } from '@hengji/procedure';
import { SYSTEM } from '@hengji/procedure/tables';
import type { Case, CaseEntry } from '../../domain/cases/case';

/**
 * Writes CaseAdvanced into the outbox, keyed by the institution. A step that no person took also gets an act of enforcement.
 * Runs entirely in `tx`.
 */
export const publishCaseAdvanced = async (tx: SqlTx, theCase: Case, { step, at, by, text }: CaseEntry): Promise<void> => {
  const { id: caseId, institution, state } = theCase;
  if (by === SYSTEM)
    await keepOwnAct(tx, 'enforcement', { what: `Hear ${step}`, on: { kind: 'case', id: caseId, institution }, caseId, evidence: [text] });
  await publish(tx, TOPICS.enforcement, {
    institution,
    orderId: '',
    body: { $case: 'caseAdvanced', value: { caseId, step, state } },
    occurredAt: at,
  });
};
