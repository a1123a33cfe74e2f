// Resident memory of each service during a measurement, sampled from /proc. Without /proc there is no figure.
import { readFileSync } from 'node:fs';
import type { Platform } from '../ground/neighbours';
import { PROCESSES } from './services';

const SAMPLE_EVERY_MS = 50;

const residentMb = (pid: number): number | undefined => {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
};

/** Starts sampling. The returned function stops sampling and returns the peak of each service, in MB. */
export const watchMemory = (platform: Platform): (() => Record<string, number>) => {
  const peaks = new Map<string, number>();
  const sample = (): void => {
    for (const name of PROCESSES) {
      const pid = platform.pid(name);
      const megabytes = pid === undefined ? undefined : residentMb(pid);
      if (megabytes !== undefined) peaks.set(name, Math.max(peaks.get(name) ?? 0, Math.round(megabytes)));
    }
  };
  const timer = setInterval(sample, SAMPLE_EVERY_MS);
  sample();
  return () => {
    clearInterval(timer);
    sample();
    return Object.fromEntries(peaks);
  };
};
