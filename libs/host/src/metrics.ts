// Numbers for Prometheus. One registry a process; asking twice for a name gives the same metric, so that parts may be
// composed twice in one process (tests do).
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, type Metric } from 'prom-client';

const registry = new Registry();

const once = <M extends Metric>(name: string, make: () => M): M => (registry.getSingleMetric(name) as M | undefined) ?? make();

/** How often the event loop is timed. Ten times as often, which is the default, was a third of what a process did at rest. */
const LOOP_EVERY_MS = 100;

let withDefaults = false;

export const metrics = {
  registry,
  /** Adds the process metrics (CPU, memory, event loop, GC); done when the health server starts. */
  collectProcess: (): void => {
    if (!withDefaults) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_EVERY_MS });
    withDefaults = true;
  },
  counter: <L extends string>(name: string, help: string, labels: readonly L[] = []): Counter<L> =>
    once(name, () => new Counter({ name, help, labelNames: labels, registers: [registry] })),
  gauge: <L extends string>(name: string, help: string, labels: readonly L[] = []): Gauge<L> =>
    once(name, () => new Gauge({ name, help, labelNames: labels, registers: [registry] })),
  /** Durations in seconds unless the name says otherwise. */
  histogram: <L extends string>(name: string, help: string, labels: readonly L[] = [], buckets?: number[]): Histogram<L> =>
    once(name, () => new Histogram({ name, help, labelNames: labels, registers: [registry], ...(buckets ? { buckets } : {}) })),
};
