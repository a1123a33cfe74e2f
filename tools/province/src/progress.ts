// Progress for the waiting user: bars in a terminal, a plain line every few seconds elsewhere (a log has no bars).
import { MultiBar, Presets } from 'cli-progress';

/** The bar of one stream. The total may be an estimate; `finish` sets the real total. */
export interface Bar {
  add(rows: number): void;
  finish(): void;
}

export interface Progress {
  /** A bar for one service's rows. */
  open(label: string, total: number): Bar;
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
      let done = 0;
      return {
        add: (rows) => {
          done += rows;
          if (done > bar.getTotal()) bar.setTotal(done);
          bar.update(done);
        },
        finish: () => {
          bar.setTotal(done);
          bar.update(done);
        },
      };
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
        if (Date.now() - saidAt < PLAIN_EVERY_MS) return;
        saidAt = Date.now();
        say(`  ${label} ${done}/${Math.max(done, total)}`);
      },
      finish: () => say(`  ${label} ${done}/${done}`),
    };
  },
  close: () => undefined,
});

export const progress = (say: (line: string) => void): Progress => (process.stdout.isTTY ? bars() : lines(say));
