// The results of a command: an aligned table for people, JSON for programs. Wherever a floor exists, the figure is shown
// beside its floor, because a figure alone depends mainly on the machine.

export interface Figure {
  readonly what: string;
  readonly measured: string;
  /** The same work without our code, in the same run. */
  readonly floor?: string;
  /** Measured value divided by the floor. */
  readonly ratio?: number;
}

export interface Report {
  readonly figures: readonly Figure[];
  /** A sentence that describes the floor. */
  readonly floorIs: string;
  readonly json: object;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
export const ms = (value: number): string => `${Math.round(value).toLocaleString('en')} ms`;
export const perSecond = (value: number): string => `${Math.round(value).toLocaleString('en')}/s`;

/** Median of a few rounds, so that one disturbed round does not change the result. */
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
