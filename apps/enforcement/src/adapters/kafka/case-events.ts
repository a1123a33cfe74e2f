// What happened to a case, as the others hear of it on enforcement.v1: the step and the state, never what was written in it.
import { TOPICS } from '@hengji/contracts';
import { publish, type SqlTx } from '@hengji/messaging';
import type { Case, CaseEntry } from '../../domain/cases/case';

/** Writes CaseAdvanced into the outbox, keyed by the institution. All of it in `tx`. */
export const publishCaseAdvanced = (tx: SqlTx, { id: caseId, institution, state }: Case, { step, at }: CaseEntry): Promise<void> =>
  publish(tx, TOPICS.enforcement, {
    institution,
    orderId: '',
    body: { $case: 'caseAdvanced', value: { caseId, step, state } },
    occurredAt: at,
  });
