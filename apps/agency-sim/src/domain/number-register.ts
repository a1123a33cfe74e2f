// Certificate numbers at the ministry's platform, packed: the nine characters after the institution's code fit into 31 bits and a sign. So
// a million numbers are a map of small integers and not a hundred megabytes of text.
import { parseCertificateNumber } from '@hengji/province';

export type Standing = 'standing' | 'withdrawn';

const SMALLEST = -(2 ** 31);
const LEVELS = '12345ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Refuses `certificate.number_invalid`. */
const pack = (number: string): { institution: string; key: number } => {
  const { institution, year, level, sequence } = parseCertificateNumber(number);
  return { institution, key: (Number(year) * LEVELS.length + LEVELS.indexOf(level)) * 1_000_000 + Number(sequence) + SMALLEST };
};

export interface NumberRegister {
  find(number: string): Standing | undefined;
  put(number: string, standing: Standing): void;
  /** For one institution, or for all with ''. */
  count(institution: string): Record<Standing, number>;
}

export const numberRegister = (): NumberRegister => {
  const institutions = new Map<string, Map<number, Standing>>();
  return {
    find: (number) => {
      const { institution, key } = pack(number);
      return institutions.get(institution)?.get(key);
    },
    put: (number, standing) => {
      const { institution, key } = pack(number);
      const known = institutions.get(institution) ?? new Map<number, Standing>();
      institutions.set(institution, known.set(key, standing));
    },
    count: (institution) => {
      const counts = { standing: 0, withdrawn: 0 };
      for (const [code, numbers] of institutions) {
        if (institution !== '' && code !== institution) continue;
        for (const standing of numbers.values()) counts[standing] += 1;
      }
      return counts;
    },
  };
};
