// A case as the person may read it: officers and auditors all of it, the institution its own side (domain/case-access.ts).
import type { Case, CaseEntry } from '@hengji/contracts/enforcement/v1/case';
import type { Person } from '../../../domain/access';
import { OWN_STEPS, STEPS_SHOWN, maySeeDeadline, maySeeDocument } from '../../../domain/case-access';

const isShown = ({ step }: CaseEntry): boolean => STEPS_SHOWN[step];

/** The case without what is not for this person; unchanged for all but institutions. */
export const caseFor = (person: Person, whole: Case): Case => {
  if (person.role !== 'INSTITUTION') return whole;
  const documents = whole.documents.filter((document) => maySeeDocument(person, document));
  const documentIds = new Set(documents.map(({ documentId }) => documentId));
  const entries = whole.entries
    .filter(isShown)
    .map((entry) => ({ ...entry, documentIds: entry.documentIds.filter((id) => documentIds.has(id)) }));
  const handedIn = whole.rectifications.flatMap(({ evidence }) => evidence.flatMap(({ attachmentIds }) => attachmentIds));
  const attached = new Set([...entries.flatMap(({ attachmentIds }) => attachmentIds), ...handedIn]);
  return {
    ...whole,
    entries,
    documents,
    attachments: whole.attachments.filter(({ attachmentId, addedBy }) => attached.has(attachmentId) || addedBy === person.officerId),
    deadlines: whole.deadlines.filter(({ code }) => maySeeDeadline(person, code)),
    allowedSteps: whole.allowedSteps.filter((step) => OWN_STEPS.includes(step)),
    gates: [],
    verifiers: [],
    legalChecker: '',
    transferTrack: 'none',
    suspended: false,
  };
};
