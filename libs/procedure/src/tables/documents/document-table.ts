// The documents (文书) that one procedure issues, as a table: what each kind is called, which counter its number is drawn from, in whose name
// it is issued and what it says. The run of it is libs/procedure/src/documents.
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

/** A document that another one speaks of. */
export interface Mentioned<Kind extends string = string> {
  readonly kind: Kind;
  readonly title: string;
  /** 〔year〕, as it stands on the paper. */
  readonly number: string;
}

/** What a proof of service (送达回证) is about. */
export interface Delivered<Kind extends string = string> extends Mentioned<Kind>, Delivery {
  /** When it counts as served. */
  readonly servedAt: Date;
}

/** What a template is given; and what else the procedure's own `facts` are. */
export type Facts<T extends Terms> = T['facts'] & {
  readonly kind: T['document'];
  readonly number: string;
  readonly file: T['file'];
  /** What the step says, or the officer adds. */
  readonly text: string;
  readonly now: Date;
  /** The documents that the file has, the latest first. */
  readonly earlier: readonly Mentioned<T['document']>[];
  /** With the proof of service alone. */
  readonly delivered: Delivered<T['document']> | null;
};

/** One row of the table of documents. */
export interface DocumentRule<T extends Terms, Series extends string = string> {
  /** What the kind is called: 处理决定书. */
  readonly title: string;
  /** The counter of its number. */
  readonly series: Series;
  /** In whose name it is issued: the letterhead and the signature below (署名). */
  readonly signedBy: (file: T['file']) => string;
  /** Whom it is addressed to (主送); empty for none. */
  readonly addressee: (facts: Facts<T>) => string;
  readonly body: (facts: Facts<T>) => readonly Part[];
  /** A number that was drawn before, for example when an order was signed; without it one is drawn. */
  readonly numberOf?: (facts: T['facts']) => string | undefined;
  /** What of the file is another when a step has issued it, beside the record. */
  readonly changes?: (file: T['file'], issued: { readonly id: string; readonly number: string }) => Partial<T['file']>;
}

/** The documents of one procedure. */
export interface DocumentTable<T extends Terms, Series extends string = string> {
  readonly kinds: { readonly [K in T['document']]: DocumentRule<T, Series> };
  readonly numbering: Numbering<Series>;
  /** Whom or what the titles name: 关于<it>的处理决定书. */
  readonly subjectOf: (file: T['file']) => string;
  /** The kind of the proof of service (送达回证): made with each service, and itself never served. */
  readonly receipt: T['document'];
}

/** e.g. 关于…的处理决定书; a 送达回证 is only called that. */
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
