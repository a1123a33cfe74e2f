// A document from its facts: letterhead, title, 主送, body, rights, authority and date. The same facts give the same blocks.
import type { Block } from '@hengji/documents';
import { dayOf } from '@hengji/domain-kit';
import { TEMPLATES, type Facts, type Template } from './templates';
import { authorityName, dateZh, KINDS_ZH, reconsiderationBody } from './words';

/** e.g. 关于…的处理决定书; a 送达回证 is only called that. */
export const titleOf = ({ kind, theCase }: Pick<Facts, 'kind' | 'theCase'>): string =>
  kind === 'SERVICE_RECEIPT' ? KINDS_ZH[kind].title : `关于${theCase.institutionName}的${KINDS_ZH[kind].title}`;

const blockOf = (part: ReturnType<Template['body']>[number], headings: number): Block => {
  if (typeof part === 'string') return { kind: 'paragraph', text: part };
  if ('rows' in part) return { kind: 'table', rows: part.rows };
  return { kind: 'heading', text: `${'一二三四五六七八九'[headings] ?? ''}、${part.heading}` };
};

const bodyOf = (template: Template, facts: Facts): Block[] => {
  let headings = 0;
  return template.body(facts).map((part) => blockOf(part, typeof part === 'object' && 'heading' in part ? headings++ : headings));
};

const remedies = (authority: string): Block => ({
  kind: 'paragraph',
  text: `如不服本决定，可以自知道本决定之日起六十日内依法向${reconsiderationBody(authority)}申请行政复议，或者在六个月内依法向有管辖权的人民法院提起行政诉讼。复议、诉讼期间，除法律规定的情形外，不停止执行。`,
});

/** The blocks of the document. The case's authority is whose document it is. */
export const composeDocument = (facts: Facts): Block[] => {
  const template: Template = TEMPLATES[facts.kind];
  const { authority } = facts.theCase;
  const addressee = template.addressee(facts);
  return [
    { kind: 'letterhead', authority: authorityName(authority), number: facts.number },
    { kind: 'title', text: titleOf(facts) },
    ...(addressee === '' ? [] : [{ kind: 'addressee', text: `${addressee}：` } as const]),
    ...bodyOf(template, facts),
    ...(template.remedies ? [remedies(authority)] : []),
    { kind: 'signature', authority: authorityName(authority), date: dateZh(dayOf(facts.now)) },
  ];
};
