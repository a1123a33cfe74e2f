// Clocks of services that can be set: each service's process reads the error of its clock from a separate file.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from '@hengji/testing';

export interface WrongClocks {
  /** For `startRunning`: the processes of these services begin with right clocks. */
  readonly environmentFor: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * Sets clocks fast (above 0), slow (below 0) or right (0), in milliseconds; returns when the running processes have the
   * new values.
   */
  set(aheadMs: Readonly<Record<string, number>>): Promise<void>;
  /** Like `set`, for processes that start later. */
  forLater(aheadMs: Readonly<Record<string, number>>): void;
  allRight(): Promise<void>;
  remove(): void;
}

const PRELOADED = pathToFileURL(join(__dirname, 'shifted-clock.mts')).href;

export const wrongClocks = (services: readonly string[]): WrongClocks => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-clocks-'));
  const fileOf = (service: string): string => join(folder, service);
  const write = (service: string, aheadMs: number): void => writeFileSync(fileOf(service), String(aheadMs));
  for (const service of services) {
    write(service, 0);
    writeFileSync(`${fileOf(service)}.taken`, '0');
  }
  const forLater: WrongClocks['forLater'] = (aheadMs) => Object.entries(aheadMs).forEach(([service, ms]) => write(service, ms));
  const set: WrongClocks['set'] = async (aheadMs) => {
    forLater(aheadMs);
    for (const [service, ms] of Object.entries(aheadMs)) {
      await until(
        async () => readFileSync(`${fileOf(service)}.taken`, 'utf8'),
        (taken) => taken === String(ms),
        { withinMs: 30_000 },
      );
    }
  };
  return {
    environmentFor: Object.fromEntries(
      services.map((service) => [service, { NODE_OPTIONS: `--import=${PRELOADED}`, CLOCK_FILE: fileOf(service) }]),
    ),
    set,
    forLater,
    allRight: () => set(Object.fromEntries(services.map((service) => [service, 0]))),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
