// Structured logs, one JSON object a line, without personal data: fields that identify a person are dropped by key, and text that looks
// like an 18-digit ID number is masked everywhere, because exception texts quote values.
import { pino, type Logger } from 'pino';
import { linesInto, surviving, type Lines } from './log-lines';
import { metrics } from './metrics';
import { withoutPersonalNumbers } from './personal-numbers';
import { tracing } from './tracing';

export type Log = Logger;

const PERSONAL = new Set(['name', 'id_number', 'idnumber', 'candidate', 'holder', 'authorization', 'cookie', 'password']);
const SECRET_HIDDEN = '[已隐去]';
const MAX_DEPTH = 6;

const cleanError = (error: Error, depth: number): unknown => ({
  type: error.name,
  message: error.message,
  stack: error.stack,
  ...clean({ ...error }, depth + 1),
  ...(error.cause === undefined ? {} : { cause: cleanValue(error.cause, depth + 1) }),
  ...(error instanceof AggregateError ? { errors: cleanValue(error.errors, depth + 1) } : {}),
});

const cleanValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'bigint') return value.toString();
  // The mask would turn a bare number of this length into invalid JSON.
  if (typeof value === 'number') return Math.abs(value) >= 1e16 ? String(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (depth > MAX_DEPTH) return '…';
  if (value instanceof Error) return cleanError(value, depth);
  return Array.isArray(value) ? value.map((item) => cleanValue(item, depth + 1)) : clean(value, depth + 1);
};

const clean = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, PERSONAL.has(key.toLowerCase()) ? SECRET_HIDDEN : cleanValue(value, depth)]),
  );

const lost = metrics.counter('hengji_log_lost_total', 'Lines of the log that could not be written, by the code of the failure', [
  'service',
  'code',
]);

const STANDARD_OUTPUT = 1;

/** The log of a process. `to` is for tests; the default is standard output. Never throws: lost lines are counted. */
export const createLog = (service: string, level = 'info', to: Lines = linesInto(STANDARD_OUTPUT)): Log =>
  pino(
    {
      level,
      base: { service },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: (fields) => clean(fields, 0), bindings: (fields) => clean(fields, 0) },
      // Errors are already plain and masked here; pino's own serializer would process them again.
      serializers: { err: (err: unknown) => err },
      mixin: () => {
        const traceId = tracing.currentTraceId();
        return traceId ? { traceId } : {};
      },
      hooks: { streamWrite: (line) => withoutPersonalNumbers(line, (id) => `${id.slice(0, 4)}**************`) },
    },
    surviving(to, (code) => lost.inc({ service, code })),
  );
