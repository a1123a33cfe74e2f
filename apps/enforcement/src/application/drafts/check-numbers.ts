// Says what the lines of a pasted list name. certificate is asked once for all numbers; nothing is written.
import { pastedNumbers } from '@hengji/province';
import { checkReaches, type Actor } from '../../domain/competence';
import { checkCount, standLines, type NumberLine } from '../../domain/drafts/numbers';
import type { CertificateNumbers, Filings, InstitutionNames } from '../ports';

interface Deps {
  readonly filings: Filings;
  readonly certificateNumbers: CertificateNumbers;
  readonly institutionNames: InstitutionNames;
}

export interface CheckNumbers {
  readonly actor: Actor;
  readonly institution: string;
  readonly text: string;
}

/** Refuses as `checkCount`, `institution.unknown`, `order.role_forbidden`, `order.out_of_territory`, `order.numbers_unchecked`. */
export const checkNumbers =
  ({ filings, certificateNumbers, institutionNames }: Deps) =>
  async ({ actor, institution, text }: CheckNumbers): Promise<NumberLine[]> => {
    const lines = pastedNumbers(text);
    checkCount(lines);
    // The province may have taken the case over; the answer decides nothing.
    checkReaches(actor, (await filings.get(institution)).authority);
    const found = await certificateNumbers.find([...new Set(lines.flatMap(({ number }) => (number === '' ? [] : [number])))]);
    const others = new Set([...found.values()].map((one) => one.institution).filter((code) => code !== institution));
    const names = await institutionNames(actor, [...others]);
    return standLines(lines, { institution, found, nameOf: (code) => names.get(code) });
  };
