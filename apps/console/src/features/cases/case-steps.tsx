// The steps of a case in the form that all procedures use: the allowed steps and how a step is sent.
import { type CaseJson, type StepBody, cases } from '../../case-api';
import type { AttachmentsOfFile } from '../../procedure/attachment-picker';
import { NoticeFields, noticeOf } from './notice-fields';
import type { PersonOfFile } from '../../procedure/particular-fields';
import { type NextStep, StepForm, type StepTaken } from '../../procedure/step-form';
import { draftChoices } from './order-choices';

type Step = StepBody['step'];

const nextStepsOf = ({ nextSteps }: CaseJson): NextStep<Step>[] =>
  nextSteps.flatMap(({ step, title, needs, recordTitle, evidence }) => {
    const kinds = evidence.flatMap((kind) => (kind === 'UNSPECIFIED' ? [] : [kind]));
    return step === 'UNSPECIFIED' ? [] : [{ step, title, needs, text: recordTitle === '' ? undefined : recordTitle, evidence: kinds }];
  });

const bodyOf = ({ service, about, chain, ...step }: StepTaken<Step>): StepBody => ({
  ...step,
  ...service,
  ...chain,
  ...(about === undefined ? {} : { orderId: about }),
});

/** The attachments of the case; `added` reloads the case. */
export const attachmentsOf = ({ caseId, attachments }: CaseJson, added: () => void): AttachmentsOfFile => ({
  there: attachments,
  add: (file, kind, key) => cases.attach(caseId, file, kind, key),
  added,
});

/** Officers who took a step; the institution's people and the platform itself are not recused. */
const officersOf = ({ entries }: CaseJson): PersonOfFile[] => {
  const ofInstitution: readonly string[] = ['REPLY', 'WAIVE_REPLY', 'REQUEST_HEARING', 'ASK_RECUSAL'];
  const taken = entries.filter(
    ({ step, by, particulars }) => by !== 'system' && (!ofInstitution.includes(step) || particulars?.receivedOn),
  );
  return [...new Map(taken.map(({ by, byName }) => [by, { id: by, name: byName || by }])).values()];
};

interface Asked {
  readonly theCase: CaseJson;
  readonly show: (theCase: CaseJson) => void;
  readonly reload: () => void;
}

const NEEDS_NOTICE = 'NOTICE';

/** The fields of a step that publishes. */
const publishing = (theCase: CaseJson) => (next: NextStep<Step>) =>
  next.needs.includes(NEEDS_NOTICE) ? <NoticeFields caseId={theCase.caseId} /> : null;

const isPublishing = ({ nextSteps }: CaseJson, { step }: StepTaken<Step>): boolean =>
  nextSteps.some((next) => next.step === step && next.needs.includes(NEEDS_NOTICE));

export const CaseSteps = ({ theCase, show, reload }: Asked) => (
  <StepForm<Step>
    steps={nextStepsOf(theCase)}
    subjects={{ label: '针对的处理决定草稿', options: draftChoices(theCase) }}
    attachments={attachmentsOf(theCase, reload)}
    serviceRules={theCase.serviceRules}
    people={officersOf(theCase)}
    more={publishing(theCase)}
    take={async (taken, key, values) => {
      const notice = isPublishing(theCase, taken) ? { notice: noticeOf(values) } : {};
      show(await cases.step(theCase.caseId, { ...bodyOf(taken), ...notice }, key));
    }}
  />
);
