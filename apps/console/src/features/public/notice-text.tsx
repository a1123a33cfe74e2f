// The text of a public notice, as the public reads it; the officer's preview shows the same.
import { Typography } from 'antd';
import { dateInWords } from '@hengji/province';
import type { Answers } from '../../http';
import { NOTICE_PARTS } from '../../words/case-words';
import { wordOf } from '../../words/field-words';

type Text = Answers['NoticeText'];
type Entry = Answers['NoticeEntry'];

const Section = ({ title, children }: { title: string; children: string }) =>
  children === '' ? null : (
    <>
      <h3>{title}</h3>
      <Typography.Paragraph className="said">{children}</Typography.Paragraph>
    </>
  );

const listed = (items: readonly string[]): string => items.map((item, i) => `${i + 1}. ${item}`).join('\n');

const Entries = ({ text, entries }: { text: Text; entries: readonly Entry[] }) => (
  <>
    <h3>涉及的证书（{text.listed}本）</h3>
    <ul className="entries" aria-label="涉及的证书">
      {entries.map(({ certificateNumber, maskedName }) => (
        <li key={certificateNumber}>
          <span className="mono">{certificateNumber}</span> {maskedName}
        </li>
      ))}
    </ul>
    {entries.length < text.listed && <p className="quiet">这里显示其中{entries.length}本。</p>}
  </>
);

export const NoticeText = ({ text, entries }: { text: Text; entries: readonly Entry[] }) => (
  <article className="notice-text">
    <h2>{text.title}</h2>
    <p>
      {text.authorityName}于{text.decidedOn === '' ? '' : dateInWords(text.decidedOn)}对{text.institutionName}（机构代码：{text.institution}
      ） 作出处理决定（{text.decisionNumber}）。
    </p>
    {text.replaces !== '' && <p>本公示代替{text.replaces}。</p>}
    <Section title="事实">{text.facts}</Section>
    <Section title="理由和依据">{`上述行为属于${text.grounds}。依据${text.basis}的规定，应当依法处理。`}</Section>
    <Section title="说理">{text.reasons}</Section>
    <Section title="处理决定">{text.measures.length === 0 ? '该处理决定的措施已经全部解除。' : listed(text.measures)}</Section>
    <Section title="决定的变更">{text.lifted.join('\n')}</Section>
    {text.leftOut.length > 0 && (
      <Section title="不予公开的内容">{`${text.leftOut.map((part) => wordOf(NOTICE_PARTS, part)).join('、')}：${text.leftOutReason}`}</Section>
    )}
    {text.listed > 0 && <Entries text={text} entries={entries} />}
  </article>
);
