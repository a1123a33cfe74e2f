// The kind of a database failure, decided in one place for consumers, tasks, RPCs, the relay and probes. An outage is not caused by the
// request and ends by itself; a conflict is gone at the next try; a defect stays until a person repairs it.
import { Refusal } from '@hengji/domain-kit';

export type FailureKind = 'outage' | 'conflict' | 'defect';

/** SQLSTATE classes (two characters) and codes; a code takes precedence over its class. Appendix A of PostgreSQL's manual. */
const SQLSTATES: Readonly<Record<string, FailureKind>> = {
  // The connection, and the right to one: the server did not evaluate the statement.
  '08': 'outage',
  '28': 'outage',
  '3D000': 'outage',
  // A primary that is demoted or recovering, or a database that was set to read only.
  '25006': 'outage',
  // The server ended the session or transaction by its own limits.
  '25P03': 'outage',
  '25P04': 'outage',
  // Another transaction held a lock, or PostgreSQL ended this transaction in favour of another.
  '40': 'conflict',
  // An integrity constraint that is checked at COMMIT: the data is wrong and stays wrong.
  '40002': 'defect',
  // The connection was lost during COMMIT.
  '40003': 'outage',
  '55P03': 'conflict',
  // Disk full, out of memory, too many connections.
  '53': 'outage',
  // An operator shuts the server down, or ends the session or the statement.
  '57': 'outage',
  // The disk or the operating system failed.
  '58': 'outage',
  // The snapshot of this transaction was vacuumed away; the next transaction has a new one.
  '72000': 'conflict',
  // A damaged page or index: the disk failed earlier. No record caused the failure, and none may be parked in damaged storage.
  XX001: 'outage',
  XX002: 'outage',
};

/** The Prisma codes that have no SQLSTATE. */
const PRISMA: Readonly<Record<string, FailureKind>> = {
  P1000: 'outage',
  P1001: 'outage',
  P1002: 'outage',
  P1003: 'outage',
  P1008: 'outage',
  P1010: 'outage',
  P1011: 'outage',
  P1017: 'outage',
  P1018: 'outage',
  P2024: 'outage',
  // No connection within the limit, or the transaction exceeded its own limit: a slow database causes both.
  P2028: 'outage',
  P2034: 'conflict',
  P2037: 'outage',
};

/** The kinds that the driver adapter returns instead of a code. */
const DRIVER_KINDS: Readonly<Record<string, FailureKind>> = {
  AuthenticationFailed: 'outage',
  ConnectionClosed: 'outage',
  DatabaseAccessDenied: 'outage',
  DatabaseDoesNotExist: 'outage',
  DatabaseNotReachable: 'outage',
  SocketTimeout: 'outage',
  TlsConnectionError: 'outage',
  TooManyConnections: 'outage',
  TransactionAlreadyClosed: 'outage',
  TransactionWriteConflict: 'conflict',
};

const SOCKET = new Set([
  'EADDRNOTAVAIL',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_MEMORY',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'EMFILE',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'ENFILE',
  'ENOBUFS',
  'ENOTCONN',
  'ENOTFOUND',
  'EPIPE',
  'ERR_SOCKET_CLOSED',
  'ERR_SOCKET_CONNECTION_TIMEOUT',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_STREAM_WRITE_AFTER_END',
  'ESHUTDOWN',
  'ETIMEDOUT',
]);

/** Messages of `pg` and its pool without a code: a connection was lost or out of step, or none was available in time. */
const WITHOUT_CODE =
  /^Connection terminated|^timeout e(?:xceeded when trying to connect|xpired$)|and is not queryable$|^Cannot use a pool after calling end|^Query read timeout|^Received unexpected \w+ message from backend|SSL connections?$/;

/** The maximum depth of nested causes: real errors are not deeper, and a circular cause ends here. */
const MAX_DEPTH = 8;

/** Prisma's own codes look the same: P1001 to P6999. */
const SQLSTATE = /^(?!P[1-9])[0-9A-Z]{5}$/;

const textAt = (fields: Readonly<Record<string, unknown>>, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
};

const meantBy = (code: string): FailureKind | undefined => {
  if (SOCKET.has(code)) return 'outage';
  if (Object.hasOwn(PRISMA, code)) return PRISMA[code];
  return SQLSTATE.test(code) ? (SQLSTATES[code] ?? SQLSTATES[code.slice(0, 2)]) : undefined;
};

/** The kinds that this one object shows, without its causes. */
const saidBy = (fields: Readonly<Record<string, unknown>>): readonly (FailureKind | undefined)[] => {
  const kind = textAt(fields, 'kind');
  const severity = textAt(fields, 'severity');
  return [
    ...['code', 'originalCode', 'sqlState', 'errorCode'].map((name) => meantBy(textAt(fields, name))),
    Object.hasOwn(DRIVER_KINDS, kind) ? DRIVER_KINDS[kind] : undefined,
    // The session has ended, so the error is no judgement of the statement.
    severity === 'FATAL' || severity === 'PANIC' ? 'outage' : undefined,
    WITHOUT_CODE.test(textAt(fields, 'message')) ? 'outage' : undefined,
  ];
};

/** Errors inside an error: causes, the members of an AggregateError, the driver's error inside Prisma's. */
const innerOf = (fields: Readonly<Record<string, unknown>>): readonly unknown[] => {
  const several = Array.isArray(fields['errors']) ? (fields['errors'] as readonly unknown[]) : [];
  return [fields['cause'], fields['meta'], fields['driverAdapterError'], ...several];
};

const collect = (failure: unknown, depth: number): readonly (FailureKind | undefined)[] => {
  // A Refusal is an answer, whatever caused it.
  if (typeof failure !== 'object' || failure === null || failure instanceof Refusal || depth > MAX_DEPTH) return [];
  const fields = failure as Readonly<Record<string, unknown>>;
  return [...saidBy(fields), ...innerOf(fields).flatMap((inner) => collect(inner, depth + 1))];
};

/**
 * The kind of a failure. Unwraps causes, AggregateError, Prisma's errors (P2010 and its driver adapter's error). With several kinds, an
 * outage takes precedence over a conflict, and both over a defect. A Refusal is not a database failure: defect.
 */
export const failureKind = (failure: unknown): FailureKind => {
  const told = collect(failure, 0);
  if (told.includes('outage')) return 'outage';
  return told.includes('conflict') ? 'conflict' : 'defect';
};

/** The first SQLSTATE in a failure or one of its causes; undefined when there is none. */
export const sqlstateOf = (failure: unknown, depth = 0): string | undefined => {
  if (typeof failure !== 'object' || failure === null || depth > MAX_DEPTH) return undefined;
  const fields = failure as Readonly<Record<string, unknown>>;
  const own = ['code', 'originalCode'].map((name) => textAt(fields, name)).find((code) => SQLSTATE.test(code));
  if (own !== undefined) return own;
  for (const inner of innerOf(fields)) {
    const found = sqlstateOf(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
};
