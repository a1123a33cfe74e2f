// A certificate number in 53 bits: its institution (13 characters, shared by thousands of certificates), and the nine characters after it,
// which fit into 32 bits because the level is one of 31 characters.
import { parseCertificateNumber } from '@hengji/province';

const LEVELS = '12345ABCDEFGHIJKLMNOPQRSTUVWXYZ';

export interface NumberParts {
  /** Positions 1–13. */
  readonly institution: string;
  /** Positions 14–22, 0 ≤ suffix < 2³². */
  readonly suffix: number;
}

/** Refuses `certificate.number_invalid`, naming field and rule. */
export const packNumber = (number: string): NumberParts => {
  const { institution, year, level, sequence } = parseCertificateNumber(number);
  return { institution, suffix: (Number(year) * LEVELS.length + LEVELS.indexOf(level)) * 1_000_000 + Number(sequence) };
};

/** The level's character. */
export const levelOf = (suffix: number): string => LEVELS.charAt(Math.floor(suffix / 1_000_000) % LEVELS.length);

export const unpackNumber = (institution: string, suffix: number): string => {
  const head = Math.floor(suffix / 1_000_000);
  const year = String(Math.floor(head / LEVELS.length)).padStart(2, '0');
  return `${institution}${year}${LEVELS.charAt(head % LEVELS.length)}${String(suffix % 1_000_000).padStart(6, '0')}`;
};
