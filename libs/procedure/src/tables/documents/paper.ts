// Composes a document from its facts, in the order of GB/T 9704: letterhead, title, 主送, body, authority and date. The same facts give the
// same blocks.
import type { Block } from '@hengji/documents';
import { dayOf } from '@hengji/domain-kit';
import { dateInWords } from '@hengji/province';
import type { Terms } from '../terms';
import { documentTitle, type DocumentRule, type DocumentTable, type Facts, type Part } from './document-table';

const blockOf = (part: Part, headings: number): Block => {
  if (typeof part === 'string') return { kind: 'paragraph', text: part };
  if ('rows' in part) return { kind: 'table', rows: part.rows };
  return { kind: 'heading', text: `${'一二三四五六七八九'[headings] ?? ''}、${part.heading}` };
};

const bodyOf = (parts: readonly Part[]): Block[] => {
  let headings = 0;
  return parts.map((part) => blockOf(part, typeof part === 'object' && 'heading' in part ? headings++ : headings));
};

/** The blocks of the document. */
export const composeDocument = <T extends Terms>(
  table: Pick<DocumentTable<T>, 'kinds' | 'subjectOf' | 'receipt'>,
  facts: Facts<T>,
): Block[] => {
  const { kind, file, number, now } = facts;
  const rule: DocumentRule<T> = table.kinds[kind as keyof typeof table.kinds];
  const authority = rule.signedBy(file);
  const addressee = rule.addressee(facts);
  return [
    { kind: 'letterhead', authority, number },
    { kind: 'title', text: documentTitle(table, kind, file) },
    ...(addressee === '' ? [] : [{ kind: 'addressee', text: `${addressee}：` } as const]),
    ...bodyOf(rule.body(facts)),
    { kind: 'signature', authority, date: dateInWords(dayOf(now)) },
  ];
};
