// Metrics for Prometheus. One registry per process; a second request for a name returns the same metric, so that parts may be composed
// twice in one process (tests do).
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, type Metric } from 'prom-client';

const registry = new Registry();

const once = <M extends Metric>(name: string, make: () => M): M => (registry.getSingleMetric(name) as M | undefined) ?? make();

/** How often the event loop is timed. The default, ten times as often, was a third of an idle process's CPU time. */
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
  /** Durations are in seconds unless the name has another unit. */
  histogram: <L extends string>(name: string, help: string, labels: readonly L[] = [], buckets?: number[]): Histogram<L> =>
    once(name, () => new Histogram({ name, help, labelNames: labels, registers: [registry], ...(buckets ? { buckets } : {}) })),
};
