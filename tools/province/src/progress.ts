// Progress for whoever waits: bars in a terminal, a plain line every few seconds elsewhere (a log has no bars).
import { MultiBar, Presets } from 'cli-progress';

export interface Progress {
  /** A bar for one service's rows. */
  open(label: string, total: number): { add(rows: number): void };
  close(): void;
}

const PLAIN_EVERY_MS = 3000;

const bars = (): Progress => {
  const multi = new MultiBar(
    { format: '  {label} {bar} {percentage}% {value}/{total} 剩余{eta_formatted}', hideCursor: true, clearOnComplete: false },
    Presets.shades_classic,
  );
  return {
    open: (label, total) => {
      const bar = multi.create(total, 0, { label: label.padEnd(14) });
      return { add: (rows) => bar.increment(rows) };
    },
    close: () => multi.stop(),
  };
};

const lines = (say: (line: string) => void): Progress => ({
  open: (label, total) => {
    let done = 0;
    let saidAt = Date.now();
    return {
      add: (rows) => {
        done += rows;
        if (done < total && Date.now() - saidAt < PLAIN_EVERY_MS) return;
        saidAt = Date.now();
        say(`  ${label} ${done}/${total}`);
      },
    };
  },
  close: () => undefined,
});

export const progress = (say: (line: string) => void): Progress => (process.stdout.isTTY ? bars() : lines(say));
