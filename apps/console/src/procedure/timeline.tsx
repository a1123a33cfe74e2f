// The history of a file: every step with its person, time, text, issued documents and attachments. Nothing in the history changes.
import { Timeline } from 'antd';
import type { ReactNode } from 'react';
import { moment } from '../words/field-words';

/** A document or an attachment of a step. */
export interface Paper {
  readonly id: string;
  readonly label: string;
  readonly address: string;
  /** True where the browser shows the file; otherwise the file is downloaded. */
  readonly inPage: boolean;
}

export interface TakenStep {
  readonly key: string;
  readonly title: string;
  readonly by: string;
  readonly at: string | undefined;
  readonly said: ReactNode;
  readonly papers: readonly Paper[];
}

const Papers = ({ papers }: Pick<TakenStep, 'papers'>) =>
  papers.length === 0 ? null : (
    <div className="row">
      {papers.map(({ id, label, address, inPage }) =>
        inPage ? (
          <a key={id} href={address} target="_blank" rel="noreferrer">
            {label}
          </a>
        ) : (
          <a key={id} href={address} download>
            {label}
          </a>
        ),
      )}
    </div>
  );

export const FileTimeline = ({ steps }: { steps: readonly TakenStep[] }) => (
  <Timeline
    items={steps.map(({ key, title, by, at, said, papers }) => ({
      key,
      content: (
        <>
          <div className="row">
            <b>{title}</b>
            <span className="quiet">
              {by} {moment(at)}
            </span>
          </div>
          {said}
          <Papers papers={papers} />
        </>
      ),
    }))}
  />
);
