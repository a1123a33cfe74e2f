// The body of the document 处理决定公示: the text of the notice as the public page shows it.
import type { Heading, Rows } from '@hengji/procedure/tables';
import { dateInWords, listedInWords } from '@hengji/province';
import { PARTS_ZH, type NoticeContent, type NoticePart, type NoticeText } from './notice';

/** A longer list is on the public page; the document names its length. */
const MOST_PRINTED = 200;

const heading = (text: string): Heading => ({ heading: text });

const part = (title: string, text: string): (string | Heading)[] => (text === '' ? [] : [heading(title), ...text.split(/\n+/)]);

const leftOut = ({ leftOut: parts, leftOutReason }: NoticeText): (string | Heading)[] =>
  parts.length === 0
    ? []
    : [heading('不予公开的内容'), `${parts.map((one: NoticePart) => PARTS_ZH[one]).join('、')}不予公开：${leftOutReason}`];

const list = ({ text: { listed }, entries }: NoticeContent): (string | Heading | Rows)[] => {
  if (listed === 0) return [];
  if (listed > MOST_PRINTED) return [heading('涉及的证书'), `共${listed}本，名单见本公示的网页。`];
  return [
    heading(`涉及的证书（${listed}本）`),
    { rows: entries.map(({ certificateNumber, maskedName }) => [certificateNumber, maskedName] as const) },
  ];
};

/** Paragraphs, headings and rows. */
export const noticeBody = (content: NoticeContent): (string | Heading | Rows)[] => {
  const { text } = content;
  return [
    `${text.authorityName}于${dateInWords(text.decidedOn)}对${text.institutionName}（机构代码：${text.institution}）作出处理决定（${text.decisionNumber}）。依据《中华人民共和国行政处罚法》第四十八条的规定，现予公示。`,
    ...(text.replaces === '' ? [] : [`本公示代替${text.replaces}。`]),
    ...part('事实', text.facts),
    heading('理由和依据'),
    `上述行为属于${text.grounds}。依据${text.basis}的规定，应当依法处理。`,
    ...part('说理', text.reasons),
    heading('处理决定'),
    text.measures.length > 0 ? `${listedInWords(text.measures)}。` : '该处理决定的措施已经全部解除。',
    ...(text.lifted.length > 0 ? [heading('决定的变更'), ...text.lifted.map((one) => `${one}。`)] : []),
    ...list(content),
    ...leftOut(text),
  ];
};
