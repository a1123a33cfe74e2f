// The steps of a case in the form that the timeline shows.
import { Typography } from 'antd';
import { Link } from 'react-router';
import { type CaseJson, files } from '../../case-api';
import type { Answers } from '../../http';
import type { Paper, TakenStep } from '../../procedure/timeline';
import { DOCUMENT_KINDS } from '../../words/case-words';
import { wordOf } from '../../words/field-words';

type Entry = Answers['CaseEntry'];

/**
 * The person who took the step; steps of the platform itself have no person, such as the recheck that begins when the order is executed.
 */
const takenBy = ({ byName, by }: Entry): string => byName || (by === 'system' ? '系统' : by);

/** The text of the step that hands over an order is the order's id. */
const saidOf = ({ step, text }: Entry) => {
  if (text === '') return null;
  if (step === 'EXECUTE') return <Link to={`/orders/${text}`}>处理决定</Link>;
  return <Typography.Paragraph className="said">{text}</Typography.Paragraph>;
};

const papersOf = ({ caseId, documents, attachments }: CaseJson, entry: Entry): Paper[] => [
  ...documents
    .filter(({ documentId }) => entry.documentIds.includes(documentId))
    .map(({ documentId, kind, number }) => ({
      ...{ id: documentId, label: `${wordOf(DOCUMENT_KINDS, kind)} ${number}`, address: files.document(documentId), inPage: true },
    })),
  ...attachments
    .filter(({ attachmentId }) => entry.attachmentIds.includes(attachmentId))
    .map(({ attachmentId, name }) => ({
      ...{ id: attachmentId, label: name, address: files.attachment(caseId, attachmentId), inPage: false },
    })),
];

export const takenSteps = (theCase: CaseJson): TakenStep[] =>
  theCase.entries.map((entry) => ({
    key: String(entry.number),
    title: entry.title,
    by: takenBy(entry),
    at: entry.at,
    said: saidOf(entry),
    papers: papersOf(theCase, entry),
  }));
