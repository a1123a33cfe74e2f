// The only place that turns a failure into a response: RFC 9457 problem+json with a Chinese title, a stable code, the field and rule at
// fault, and the trace id to quote. Defects are logged with their stack; the response shows no detail of a defect.
import { REFUSAL_STATUS, Refusal } from '@hengji/domain-kit';
import { tracing, type Log } from '@hengji/host';
import type { ErrorRequestHandler, Response } from 'express';
import { ZodError } from 'zod';

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly field?: string | undefined;
  readonly rule?: string | undefined;
  /** All faults of a request, when there are several. */
  readonly errors?: readonly { field: string; rule: string; message: string }[];
  /** True where the request may have been carried out all the same. With any other refusal nothing was done. */
  readonly outcomeUnknown?: true;
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`)).join('');

const ofZod = (error: ZodError): Problem => {
  const errors = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ field: pathOf([...issue.path, key]), rule: 'unknown_field', message: '未知字段' }))
      : [{ field: pathOf(issue.path), rule: issue.code, message: issue.message }],
  );
  const [first] = errors;
  return {
    status: 400,
    code: 'request.invalid',
    title: `请求不符合要求:${first?.field ?? ''} ${first?.message ?? ''}`.trim(),
    field: first?.field,
    rule: first?.rule,
    errors,
  };
};

/** Errors of express and its parsers carry `status` and `type`. */
const PARSER_PROBLEMS: Readonly<Record<number, { code: string; title: string }>> = {
  400: { code: 'request.malformed', title: '请求无法解析:应为UTF-8编码的JSON' },
  413: { code: 'request.too_large', title: '请求体超过上限' },
  415: { code: 'request.not_json', title: '请求体应为application/json' },
};

const ofParser = (error: unknown): Problem | undefined => {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
  const known = PARSER_PROBLEMS[status];
  if (!known) return undefined;
  const limit = typeof error === 'object' && error !== null && 'limit' in error ? Number(error.limit) : 0;
  return limit > 0 ? { status, ...known, title: `${known.title}${limit / 1024} kB`, rule: `≤ ${limit} bytes` } : { status, ...known };
};

/** Codes of a lost answer: a called service did not answer, or a database may have committed without an answer. */
const LOST_ANSWERS: readonly string[] = ['service.unavailable', 'service.timeout', 'database.unavailable'];

const problemOf = (error: unknown): Problem | undefined => {
  if (error instanceof Refusal) {
    const said = { status: REFUSAL_STATUS[error.kind].http, code: error.reason, title: error.message, ...error.detail };
    return LOST_ANSWERS.includes(error.reason) ? { ...said, outcomeUnknown: true } : said;
  }
  return error instanceof ZodError ? ofZod(error) : ofParser(error);
};

/** Writes the problem; adds type and trace id. */
export const sendProblem = (response: Response, problem: Problem): void => {
  const traceId = tracing.currentTraceId() ?? (response.locals['traceId'] as string | undefined);
  if (problem.status === 503) response.setHeader('retry-after', '2');
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: `urn:hengji:problem:${problem.code}`, ...problem, traceId }));
};

const INTERNAL: Problem = { status: 500, code: 'internal', title: '系统内部错误,请联系运维人员并提供追踪号', outcomeUnknown: true };

/** The last express handler. A refusal by territory or role writes an audit line: who, what, why. */
export const answerFailures =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    const subject = { method: request.method, path: request.path, officer: response.locals['officerId'] as string | undefined };
    if (!problem) log.error({ err: error, ...subject }, 'defect while answering');
    else if (problem.status === 401 || problem.status === 403)
      log.warn({ audit: true, ...subject, code: problem.code, rule: problem.rule }, 'refused');
    if (response.headersSent) return next(error);
    sendProblem(response, problem ?? INTERNAL);
  };
