import { Refusal } from '@hengji/domain-kit';
import { failureKind, sqlstateOf, type FailureKind } from './failure';

/** An error with its own fields, as drivers make them. */
const error = (fields: object, message = 'it failed'): Error => Object.assign(new Error(message), fields);

/** What Prisma throws for raw SQL: P2010, with the driver's error in its meta. */
const raw = (cause: object): Error =>
  error({ code: 'P2010', meta: { driverAdapterError: Object.assign(new Error('DriverAdapterError'), { cause }) } });

const state = (code: string): object => ({ originalCode: code, kind: 'postgres', code, severity: 'ERROR', message: 'it failed' });

const SQLSTATES: Record<FailureKind, readonly string[]> = {
  outage: [
    ...['08000', '08006', '08P01', '25006', '25P03', '25P04', '28000', '28P01', '3D000', '40003'],
    ...['53000', '53100', '53200', '53300', '57014', '57P01', '57P02', '57P03', '57P04', '57P05', '58000', '58030', '58P01'],
    ...['08001', '08003', '08004', '08007', '53400', 'XX001', 'XX002'],
  ],
  conflict: ['40000', '40001', '40P01', '55P03', '72000'],
  defect: [
    '22001',
    '22P02',
    '23502',
    '23503',
    '23505',
    '23514',
    '25P02',
    '40002',
    '42501',
    '42601',
    '42P01',
    '54000',
    '55000',
    'P0001',
    'XX000',
  ],
};

const CASES = Object.entries(SQLSTATES).flatMap(([kind, codes]) => codes.map((code) => [code, kind as FailureKind] as const));

describe('the kind of a database failure', () => {
  it.each(CASES)('SQLSTATE %s means %s, both from pg and through Prisma', (code, kind) => {
    expect(failureKind(error({ code, severity: 'ERROR' }))).toBe(kind);
    expect(failureKind(raw(state(code)))).toBe(kind);
    expect(failureKind(error({ code: 'P2039', meta: { driverAdapterError: error({ cause: state(code) }) } }))).toBe(kind);
    expect(sqlstateOf(raw(state(code)))).toBe(code);
  });

  it.each(['P1000', 'P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P1018', 'P2024', 'P2028', 'P2037'])('Prisma %s is an outage', (code) =>
    expect(failureKind(error({ code, meta: {} }))).toBe('outage'),
  );

  it.each([
    ['P2034', 'conflict'],
    ['P2002', 'defect'],
    ['P2003', 'defect'],
    ['P2025', 'defect'],
    ['P2010', 'defect'],
  ])('Prisma %s is a %s', (code, kind) => expect(failureKind(error({ code }))).toBe(kind));

  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EPIPE',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EMFILE',
    'EADDRNOTAVAIL',
    'EAI_FAIL',
    'EAI_MEMORY',
    'ENETRESET',
    'ENOBUFS',
    'ENOTCONN',
    'ERR_SOCKET_CLOSED',
    'ERR_SOCKET_CONNECTION_TIMEOUT',
    'ERR_STREAM_DESTROYED',
    'ERR_STREAM_PREMATURE_CLOSE',
    'ERR_STREAM_WRITE_AFTER_END',
    'ESHUTDOWN',
  ])('the socket says %s: an outage', (code) => expect(failureKind(error({ code, syscall: 'connect' }))).toBe('outage'));

  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'timeout expired',
    'Query read timeout',
    'Cannot use a pool after calling end on the pool',
    'The server does not support SSL connections',
    'There was an error establishing an SSL connection',
    'Received unexpected commandComplete message from backend.',
  ])('without a code: %s', (message) => expect(failureKind(new Error(message))).toBe('outage'));

  it.each([
    ['DatabaseNotReachable', 'outage'],
    ['ConnectionClosed', 'outage'],
    ['SocketTimeout', 'outage'],
    ['TooManyConnections', 'outage'],
    ['TransactionWriteConflict', 'conflict'],
    ['UniqueConstraintViolation', 'defect'],
    ['ForeignKeyConstraintViolation', 'defect'],
  ])('the driver adapter says %s: %s', (kind, expected) => expect(failureKind(raw({ kind }))).toBe(expected));

  it('searches causes and several errors, and prefers the outage', () => {
    expect(failureKind(new Error('outer', { cause: new Error('inner', { cause: error({ code: '53100' }) }) }))).toBe('outage');
    expect(failureKind(new AggregateError([error({ code: '23505' }), error({ code: '40001' })]))).toBe('conflict');
    expect(failureKind(new AggregateError([error({ code: '40001' }), error({ code: 'ECONNREFUSED' })]))).toBe('outage');
  });

  it('takes an error that ended the session for an outage, whatever its code', () => {
    expect(failureKind(error({ code: '55000', severity: 'FATAL' }))).toBe('outage');
    expect(failureKind(error({ code: 'XX000', severity: 'PANIC' }))).toBe('outage');
  });

  it('returns defect for everything else: no error, a circular cause, an answer', () => {
    const circle = error({});
    circle.cause = circle;
    const answer = Object.assign(new Refusal('conflict', 'order.held', '…'), { cause: error({ code: '53100' }) });
    for (const failure of [undefined, null, '53100', 53_100, new Error('x'), circle, answer]) expect(failureKind(failure)).toBe('defect');
    expect(sqlstateOf(circle)).toBeUndefined();
  });
});
