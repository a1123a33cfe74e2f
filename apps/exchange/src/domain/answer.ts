// The meaning of an agency's answer, row by row (rules §10.4). An answer that does not fit its message (rows missing, doubled or foreign,
// or an unknown code) is rejected as a whole. The message is then sent again under the same id.
import type { MessageKind } from './message';
import type { UploadAction } from './upload';

/** 00 success, 01 format, 02 duplicate, 03 not found, 04 mismatch, 99 system. */
export const ROW_CODES = ['00', '01', '02', '03', '04', '99'] as const;
export type RowCode = (typeof ROW_CODES)[number];

export interface AnswerRow {
  readonly number: string;
  readonly code: string;
}

/** `again`: the agency itself failed; the row is sent again in a new message. */
export type RowVerdict = 'done' | 'rejected' | 'again';

/** A record that already exists counts as uploaded, a missing record counts as withdrawn: the requested state is reached. */
export const VERDICTS = {
  upload: { '00': 'done', '01': 'rejected', '02': 'done', '03': 'rejected', '04': 'rejected', '99': 'again' },
  withdraw: { '00': 'done', '01': 'rejected', '02': 'done', '03': 'done', '04': 'rejected', '99': 'again' },
  notice: { '00': 'done', '01': 'rejected', '02': 'done', '03': 'rejected', '04': 'rejected', '99': 'again' },
  transfer: { '00': 'done', '01': 'rejected', '02': 'done', '03': 'rejected', '04': 'rejected', '99': 'again' },
  // An inquiry is repeated under its own id until it is answered; "not known yet" is no rejection.
  inquiry: { '00': 'done', '01': 'again', '02': 'done', '03': 'again', '04': 'again', '99': 'again' },
} as const satisfies Record<MessageKind, Record<RowCode, RowVerdict>>;

/** The action of a verdict on the upload; `again` leaves the upload in flight. */
export const ROW_ACTIONS = {
  upload: { done: 'accept', rejected: 'reject' },
  withdraw: { done: 'confirmWithdrawal', rejected: 'refuseWithdrawal' },
} as const satisfies Record<'upload' | 'withdraw', Record<Exclude<RowVerdict, 'again'>, UploadAction>>;

/** The answer is invalid; the message gives the reason for the record of the try. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

const isCode = (code: string): code is RowCode => (ROW_CODES as readonly string[]).includes(code);

/** The codes in the order of `numbers`; throws WrongAnswer when the rows are not exactly the sent rows. */
export const matchRows = (numbers: readonly string[], rows: readonly AnswerRow[]): RowCode[] => {
  if (rows.length !== numbers.length) throw new WrongAnswer(`回执行数不符:发出${numbers.length}行,回执${rows.length}行`);
  const codes = new Map<string, RowCode>();
  for (const { number, code } of rows) {
    if (!isCode(code)) throw new WrongAnswer(`回执结果码未知:${code.slice(0, 10)}`);
    if (codes.has(number)) throw new WrongAnswer(`回执编号重复:${number.slice(0, 22)}`);
    codes.set(number, code);
  }
  return numbers.map((number) => {
    const code = codes.get(number);
    if (code === undefined) throw new WrongAnswer(`回执缺少编号:${number}`);
    return code;
  });
};

/** Positions of the rows, by verdict. */
export const sortRows = (kind: MessageKind, codes: readonly RowCode[]): Record<RowVerdict, number[]> => {
  const sorted: Record<RowVerdict, number[]> = { done: [], rejected: [], again: [] };
  codes.forEach((code, i) => sorted[VERDICTS[kind][code]].push(i));
  return sorted;
};
