// The documents (文书) of one procedure as a table: the title of each kind, the counter of its numbers, the authority that issues it, and its
// content. libs/procedure/src/documents runs the table.
import type { Numbering } from '../number';
import { withDocument } from '../procedure';
import type { Delivery, Terms } from '../terms';

export interface Heading {
  readonly heading: string;
}
export interface Rows {
  readonly rows: readonly (readonly [name: string, value: string])[];
}
/** A piece of the body: a paragraph, a heading (numbered 一、二、…), or rows of name and value. */
export type Part = string | Heading | Rows;

/** A document that another document mentions. */
export interface Mentioned<Kind extends string = string> {
  readonly kind: Kind;
  readonly title: string;
  /** 〔year〕, as printed. */
  readonly number: string;
}

/** The document that a proof of service (送达回证) is about. */
export interface Delivered<Kind extends string = string> extends Mentioned<Kind>, Delivery {
  /** When the document counts as served: thirty days after a public notice, else at the time of the delivery. */
  readonly servedAt: Date;
}

/** The input of a template, together with the procedure's own `facts`. */
export type Facts<T extends Terms> = T['facts'] & {
  readonly kind: T['document'];
  readonly number: string;
  readonly file: T['file'];
  /** The text of the step, or the officer's addition. */
  readonly text: string;
  readonly now: Date;
  /** The documents of the file, latest first. */
  readonly earlier: readonly Mentioned<T['document']>[];
  /** Only for the proof of service. */
  readonly delivered: Delivered<T['document']> | null;
};

/** One row of the table of documents. */
export interface DocumentRule<T extends Terms, Series extends string = string> {
  /** The title of the kind: 处理决定书. */
  readonly title: string;
  /** The counter of its numbers. */
  readonly series: Series;
  /** The issuing authority: for the letterhead and the signature below (署名). */
  readonly signedBy: (file: T['file']) => string;
  /** The addressee (主送); empty for none. */
  readonly addressee: (facts: Facts<T>) => string;
  readonly body: (facts: Facts<T>) => readonly Part[];
  /** A number that was drawn earlier, for example when an order was signed; without it a number is drawn. */
  readonly numberOf?: (facts: T['facts']) => string | undefined;
  /** The fields of the file that change when a step has issued the document, besides the record. */
  readonly changes?: (file: T['file'], issued: { readonly id: string; readonly number: string }) => Partial<T['file']>;
}

/** The documents of one procedure. */
export interface DocumentTable<T extends Terms, Series extends string = string> {
  readonly kinds: { readonly [K in T['document']]: DocumentRule<T, Series> };
  readonly numbering: Numbering<Series>;
  /** The subject in the titles: 关于<subject>的处理决定书. */
  readonly subjectOf: (file: T['file']) => string;
  /** The kind of the proof of service (送达回证): created with each service, and never served itself. */
  readonly receipt: T['document'];
}

/** e.g. 关于…的处理决定书; a 送达回证 has no subject in its title. */
export const documentTitle = <T extends Terms>(
  { kinds, subjectOf, receipt }: Pick<DocumentTable<T>, 'kinds' | 'subjectOf' | 'receipt'>,
  kind: T['document'],
  file: T['file'],
): string => {
  const { title } = kinds[kind as keyof typeof kinds];
  return kind === receipt ? title : `关于${subjectOf(file)}的${title}`;
};

/** The file whose last step issued this document. */
export const withIssued = <T extends Terms>(
  { kinds }: Pick<DocumentTable<T>, 'kinds'>,
  file: T['file'],
  issued: { readonly id: string; readonly kind: T['document']; readonly number: string },
): T['file'] => ({ ...withDocument(file, issued.id), ...kinds[issued.kind as keyof typeof kinds].changes?.(file, issued) });
