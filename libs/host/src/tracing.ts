// Traces across HTTP → gRPC → Kafka with hand-written spans: three protocols do not need auto-instrumentation. Trace ids are always made
// and passed on (W3C traceparent), so logs of one request can be joined; spans are exported only when an OTLP endpoint is configured.
import { ROOT_CONTEXT, SpanStatusCode, context, defaultTextMapGetter, defaultTextMapSetter, trace, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace';

const propagator = new W3CTraceContextPropagator();
let provider: TracerProvider | undefined;

const processors = (endpoint: string | undefined): SpanProcessor[] =>
  endpoint ? [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }) })] : [];

const parentOf = (traceparent: string | undefined): Context =>
  traceparent ? propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter) : context.active();

export const tracing = {
  /** Once per process; later calls change nothing (tests compose several services in one process). */
  start: (service: string, endpoint?: string, extra: readonly SpanProcessor[] = []): void => {
    if (provider) return;
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': service }),
      spanProcessors: [...processors(endpoint), ...extra],
    });
    trace.setGlobalTracerProvider(provider);
  },
  /** Sends what is still buffered. */
  flush: async (): Promise<void> => provider?.forceFlush(),
  currentTraceId: (): string | undefined => trace.getSpanContext(context.active())?.traceId,
  /** The W3C traceparent of the running span: to be sent along, or stored with an outbox row. */
  currentTraceparent: (): string | undefined => {
    const carrier: Record<string, string> = {};
    propagator.inject(context.active(), carrier, defaultTextMapSetter);
    return carrier['traceparent'];
  },
  /** Runs `work` in a child span of `traceparent` (or of the running span). An exception marks the span and is thrown again. */
  withSpan: <T>(name: string, traceparent: string | undefined, work: () => Promise<T>): Promise<T> => {
    const parent = parentOf(traceparent);
    const span = trace.getTracer('hengji').startSpan(name, {}, parent);
    return context.with(trace.setSpan(parent, span), async () => {
      try {
        return await work();
      } catch (failure) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw failure;
      } finally {
        span.end();
      }
    });
  },
};

/** Like `withSpan` for a generator: every step runs inside the span, which ends with the generator. */
export async function* spanned<T, R>(
  name: string,
  traceparent: string | undefined,
  make: () => AsyncGenerator<T, R, undefined>,
): AsyncGenerator<T, R, undefined> {
  const parent = parentOf(traceparent);
  const span = trace.getTracer('hengji').startSpan(name, {}, parent);
  const inside = trace.setSpan(parent, span);
  const steps = context.with(inside, make);
  let finished = false;
  try {
    for (;;) {
      const step = await context.with(inside, () => steps.next());
      if (step.done) {
        finished = true;
        return step.value;
      }
      yield step.value;
    }
  } catch (failure) {
    finished = true;
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw failure;
  } finally {
    // The reader left before the end: let the inner generator clean up.
    if (!finished) await context.with(inside, () => steps.return(undefined as never));
    span.end();
  }
}
