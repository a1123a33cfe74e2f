// The evidence (证据) of a finding: each of the two verifiers has put evidence on the file. Which attachments count as evidence is in
// documents/attachment.ts; that VERIFY needs one is a column of steps.ts.
import { Refusal } from '@hengji/domain-kit';
import type { AttachmentOfFile } from '@hengji/procedure/tables';
import { EVIDENCE_OF_LAW } from '../documents/attachment';
import type { Case } from './case';
import { recusedBy } from './particulars/recusal';

/** Verifiers whose record names evidence of a kind of 行政处罚法第四十六条. */
const withEvidence = ({ entries }: Case, attachments: readonly AttachmentOfFile[]): Set<string> => {
  const evidence = new Set(attachments.flatMap(({ id, kind }) => (EVIDENCE_OF_LAW.some((one) => one === kind) ? [id] : [])));
  const recused = recusedBy(entries);
  const verified = entries.filter(
    ({ step, by, attachmentIds }) => step === 'VERIFY' && !recused.has(by) && attachmentIds.some((id) => evidence.has(id)),
  );
  return new Set(verified.map(({ by }) => by));
};

/** Refuses `case.evidence_missing`: a finding rests on the evidence of two verifiers. */
export const checkEvidenceOfBoth = (theCase: Case, { attachments }: { readonly attachments: readonly AttachmentOfFile[] }): void => {
  const count = withEvidence(theCase, attachments).size;
  if (count >= 2) return;
  const message = `认定属实须有两名核查人员各自提交的证据，现有${count}名；核查记录没有附证据的，应补充核查并附证据`;
  throw new Refusal('illegalMove', 'case.evidence_missing', message, { field: 'step', rule: '行政处罚法第四十六条' });
};
