// What a command has measured, for people as an aligned table and for programs as JSON. A figure stands beside its floor
// wherever there is one, because a bare number says more about the machine than about us.

export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** The same work with nothing of ours around it, in the same run. */
  readonly floor?: string;
  /** Measured over floor. */
  readonly ratio?: number;
}

export interface Report {
  readonly figures: readonly Figure[];
  /** What the floor is, in a sentence. */
  readonly floorIs: string;
  readonly json: object;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
export const ms = (value: number): string => `${Math.round(value).toLocaleString('en')} ms`;
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

/** Median of a few rounds: one that was disturbed does not count. */
export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const HEADER = ['', 'measured', 'floor', 'ratio'];

const cellsOf = ({ what, measured, floor, ratio }: Figure): string[] => [
  what,
  measured,
  floor ?? '–',
  ratio === undefined ? '–' : ratio.toFixed(2),
];

/** Prints the table on standard output. */
export const print = (name: string, { figures, floorIs }: Report): void => {
  const lines = [HEADER, ...figures.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  console.log(`\n${name}  (floor: ${floorIs})`);
  for (const cells of lines) {
    console.log(`  ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('   ')}`);
  }
};
