// The steps of a case in the form that the timeline shows.
import { authorityShortName } from '@hengji/province';
import { Typography } from 'antd';
import { Link } from 'react-router';
import { type CaseJson, files } from '../../case-api';
import type { Answers } from '../../http';
import type { Paper, TakenStep } from '../../procedure/timeline';
import { DOCUMENT_KINDS, LEGAL_POINTS, WAIVED_RIGHTS } from '../../words/case-words';
import { wordOf } from '../../words/field-words';

type Entry = Answers['CaseEntry'];

/** 承办人 in a line, the main one marked: 孙诚（主办）、卫清扬. */
export const officersInWords = (officers: readonly Answers['CaseOfficer'][]): string =>
  officers.map(({ officerId, name, main }) => `${name === '' ? officerId : name}${main ? '（主办）' : ''}`).join('、');

/**
 * The person who took the step; steps of the platform itself have no person, such as the recheck that begins when the order is executed.
 */
const takenBy = ({ byName, by }: Entry): string => byName || (by === 'system' ? '系统' : by);

/** What the step states beside its text, one line each. */
const statedIn = (stated: Entry['particulars']): string[] => {
  if (!stated) return [];
  const { credential, noInterest, waived, receivedOn, legalFindings, discussion, officerId, officerName } = stated;
  const line = (name: string, value: string): string[] => (value === '' ? [] : [`${name}：${value}`]);
  const findings = legalFindings.map(({ point, passed, remark }) => {
    const said = `${wordOf(LEGAL_POINTS, point)}${passed ? '通过' : '不通过'}`;
    return remark === '' ? said : `${said}（${remark}）`;
  });
  return [
    ...line('执法证号', credential),
    ...(noInterest ? ['声明：与该机构、本案没有利害关系'] : []),
    ...line('放弃的权利', waived.map((right) => wordOf(WAIVED_RIGHTS, right)).join('、')),
    ...line('收到书面材料的日期', receivedOn),
    ...line('审核事项', findings.join('；')),
    ...(discussion === undefined
      ? []
      : [`集体讨论：${discussion.heldOn}，${discussion.participants.join('、')}`, ...line('讨论结论', discussion.conclusion)]),
    ...line('回避的人员', officerId),
    ...line('申请回避的人员', officerName),
  ];
};

/** What a step says beside its text: the document that it rests on, the authority that gets the case, the officers that it names. */
const chainIn = ({ documentNo, counterpart, officers }: Entry): string =>
  [
    ...(counterpart === '' ? [] : [`由${authorityShortName(counterpart)}办理`]),
    ...(documentNo === '' ? [] : [`依据${documentNo}`]),
    ...(officers.length === 0 ? [] : [`承办人：${officersInWords(officers)}`]),
  ].join('；');

/** The text of the step that hands over an order is the order's id. */
const saidOf = (entry: Entry) => {
  const { step, text, particulars } = entry;
  if (step === 'EXECUTE') return text === '' ? null : <Link to={`/orders/${text}`}>处理决定</Link>;
  const lines = [chainIn(entry), text, ...statedIn(particulars)].filter((one) => one !== '');
  return lines.length === 0 ? null : <Typography.Paragraph className="said">{lines.join('\n')}</Typography.Paragraph>;
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
