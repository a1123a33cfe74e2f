// A pasted list of certificate numbers in the wizard: the text, what enforcement said of its lines, and which lines still need a decision.
// Pure, so that tests need no browser.
import type { Answers } from '../../http';

export type NumberLine = Answers['CheckNumbersResponse_NumberLine'];
type Standing = Exclude<NumberLine['standing'], 'UNSPECIFIED'>;

export interface NumberList {
  readonly text: string;
  /** The text and the institution of the last check, and its lines; absent before the first check. */
  readonly checked?: { readonly text: string; readonly institution: string; readonly lines: readonly NumberLine[] };
  /** The officer keeps certificates that are already void. */
  readonly keepsVoid?: boolean;
}

export const STANDINGS = {
  FOUND: { label: '有效', color: 'success' },
  VOID: { label: '已作废', color: 'warning' },
  DUPLICATE: { label: '重复', color: 'default' },
  UNKNOWN: { label: '不存在', color: 'error' },
  OTHER_INSTITUTION: { label: '属于其他机构', color: 'error' },
  MALFORMED: { label: '格式有误', color: 'error' },
} as const satisfies Record<Standing, { label: string; color: string }>;

/** Numbers of an existing draft, as checked when it was drafted. */
export const numberListOf = (institution: string, numbers: readonly string[]): NumberList | undefined => {
  if (numbers.length === 0) return undefined;
  const text = numbers.join('\n');
  const lines = numbers.map((number, i) => ({ line: i + 1, typed: number, number, standing: 'FOUND' as const, words: '' }));
  return { text, checked: { text, institution, lines } };
};

/** A repeated number counts once, so its line needs no decision. */
const needsDecision = ({ standing }: NumberLine, keepsVoid: boolean): boolean =>
  standing !== 'FOUND' && standing !== 'DUPLICATE' && !(standing === 'VOID' && keepsVoid);

export const unresolved = ({ checked, keepsVoid = false }: NumberList): NumberLine[] =>
  (checked?.lines ?? []).filter((line) => needsDecision(line, keepsVoid));

/** The numbers that the order will name, each once. */
export const numbersOf = (list: NumberList | undefined): string[] =>
  (list?.checked?.lines ?? []).flatMap(({ standing, number }) => (standing === 'FOUND' || standing === 'VOID' ? [number] : []));

/** How many lines have each standing; those without any are left out. */
export const countsOf = ({ checked }: NumberList): { standing: Standing; count: number }[] =>
  (Object.keys(STANDINGS) as Standing[]).flatMap((standing) => {
    const count = (checked?.lines ?? []).filter((line) => line.standing === standing).length;
    return count === 0 ? [] : [{ standing, count }];
  });

/** The list without these lines; the text follows, so that a later check does not bring them back. */
export const without = (list: NumberList, removed: readonly NumberLine[]): NumberList => {
  if (list.checked === undefined) return list;
  const lines = list.checked.lines.filter((line) => !removed.includes(line));
  const text = lines.map(({ number, typed }) => number || typed).join('\n');
  return { ...list, text, checked: { ...list.checked, text, lines } };
};

/** Why nothing can be drafted with this list yet; undefined when every line is decided. */
export const listProblem = (list: NumberList | undefined, institution: string): string | undefined => {
  if (list === undefined || list.text.trim() === '') return undefined;
  if (list.checked?.text !== list.text || list.checked.institution !== institution) return '证书编号尚未核对，请先点“核对编号”';
  const open = unresolved(list).length;
  if (open > 0) return `还有${open}行编号有问题，请逐行处理或者移除`;
  return numbersOf(list).length === 0 ? '清单中没有可以列入的证书编号' : undefined;
};
