// What happened to a case, as the others hear of it on enforcement.v1: the step and the state, never what was written in it.
import { TOPICS } from '@hengji/contracts';
import { publish, type SqlTx } from '@hengji/messaging';
import { keepOwnAct } from '@hengji/procedure';
import { SYSTEM } from '@hengji/procedure/tables';
import type { Case, CaseEntry } from '../../domain/cases/case';

/** Writes CaseAdvanced into the outbox, keyed by the institution; what no person did is enforcement's own act. All of it in `tx`. */
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
