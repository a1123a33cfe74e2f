// The file as it grew: every step that was taken, by whom, when, with what it said, issued and attached. Nothing in it is changed.
import { Timeline, Typography } from 'antd';
import { Link } from 'react-router';
import { type CaseJson, files } from '../../case-api';
import { DOCUMENT_KINDS, stepWord } from '../../words/case-words';
import { moment, wordOf } from '../../words/field-words';
import type { Answers } from '../../http';

type Entry = Answers['CaseEntry'];

const Papers = ({ theCase, entry }: { theCase: CaseJson; entry: Entry }) => {
  const documents = theCase.documents.filter(({ documentId }) => entry.documentIds.includes(documentId));
  const attachments = theCase.attachments.filter(({ attachmentId }) => entry.attachmentIds.includes(attachmentId));
  if (documents.length === 0 && attachments.length === 0) return null;
  return (
    <div className="row">
      {documents.map((one) => (
        <a key={one.documentId} href={files.document(one.documentId)} target="_blank" rel="noreferrer">
          {wordOf(DOCUMENT_KINDS, one.kind)} {one.number}
        </a>
      ))}
      {attachments.map((one) => (
        <a key={one.attachmentId} href={files.attachment(theCase.caseId, one.attachmentId)} download>
          {one.name}
        </a>
      ))}
    </div>
  );
};

/** What the platform itself did, such as the recheck that begins when the order is carried out. */
const takenBy = ({ byName, by }: Entry): string => byName || (by === 'system' ? '系统' : by);

/** The record of the handing over is the order's id. */
const Said = ({ entry }: { entry: Entry }) => {
  if (entry.text === '') return null;
  if (entry.step === 'EXECUTE') return <Link to={`/orders/${entry.text}`}>处理决定</Link>;
  return <Typography.Paragraph className="said">{entry.text}</Typography.Paragraph>;
};

export const CaseTimeline = ({ theCase }: { theCase: CaseJson }) => (
  <Timeline
    items={theCase.entries.map((entry) => ({
      key: String(entry.number),
      content: (
        <>
          <div className="row">
            <b>{entry.step === 'UNSPECIFIED' ? '—' : stepWord(entry.step).label}</b>
            <span className="quiet">
              {takenBy(entry)} {moment(entry.at)}
            </span>
          </div>
          <Said entry={entry} />
          <Papers theCase={theCase} entry={entry} />
        </>
      ),
    }))}
  />
);
