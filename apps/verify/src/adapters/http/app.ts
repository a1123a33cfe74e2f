// The public HTTP server: one kind of request, answered from memory. Every other result is a problem (RFC 9457) that states the fault of
// the request, or why "valid" cannot be answered now.
import { REFUSAL_STATUS, Refusal } from '@hengji/domain-kit';
import { CALLER_METADATA, countingUp, lineOf, metrics, verifyCaller, type CountingUp, type Log } from '@hengji/host';
import { typedCertificateNumber } from '@hengji/province';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import type { LookedUp } from '../../application/look-up';

export interface AppOptions {
  /** Refuses a text that is no number of this register. */
  readonly lookUp: (number: string, name?: string) => LookedUp;
  /** 0 = no limit. */
  readonly perMinute: number;
  /** Numbers that one address may enumerate in ten minutes; 0 = no limit. */
  readonly countedUpLimit: number;
  readonly callerSecret: string | undefined;
  readonly trustedProxies: number;
  readonly log: Log;
}

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

const answers = metrics.counter('hengji_verify_answers_total', 'Public answers by what they said', ['status']);

const sendProblem = (response: Response, problem: Problem, more: object = {}): void => {
  if (problem.status === 503) response.setHeader('retry-after', '2');
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: `urn:hengji:problem:${problem.code}`, ...problem, ...more }));
};

const UNSURE = {
  caughtUp: '状态表正在装载,暂不能答复,请稍后重试',
  fresh: '状态表暂时收不到最新消息,不能确认证书有效,请稍后重试',
  whole: '状态表是否完整尚待登记机关确认,暂不能答复,请稍后重试',
  complete: '该机构的状态消息有缺失,不能确认证书有效,请稍后重试',
} as const;

const answer = (response: Response, { number, verdict, facts: known, asOf, nameMatches }: LookedUp): void => {
  answers.inc({ status: verdict.status });
  const seen = { asOf: asOf.toISOString() };
  response.locals['nameMatches'] = nameMatches;
  const facts = { ...known, ...(nameMatches === undefined ? {} : { nameMatches }) };
  switch (verdict.status) {
    case 'valid':
      return void response.json({ number, status: 'valid', ...facts, ...seen });
    case 'void': {
      const { since, documentNo, orderId } = verdict.voiding;
      return void response.json({
        number,
        status: 'void',
        ...facts,
        voidSince: since.toISOString(),
        voidDocumentNo: documentNo,
        orderId,
        ...seen,
      });
    }
    case 'unknown':
      return sendProblem(
        response,
        { status: 404, code: 'certificate.unknown', title: '登记中没有这个证书编号' },
        { certificate: { number, status: 'unknown', ...seen } },
      );
    case 'unsure':
      return sendProblem(
        response,
        { status: 503, code: 'verify.not_caught_up', title: UNSURE[verdict.because] },
        { because: verdict.because },
      );
  }
};

const failures =
  (log: Log): ErrorRequestHandler =>
  (failure: unknown, request, response, _next) => {
    if (failure instanceof Refusal) {
      return sendProblem(
        response,
        { status: REFUSAL_STATUS[failure.kind].http, code: failure.reason, title: failure.message },
        failure.detail,
      );
    }
    // express throws this for an address that cannot be decoded.
    if (failure instanceof URIError)
      return sendProblem(response, { status: 400, code: 'request.malformed', title: '请求地址无法解析' }, { field: 'number' });
    log.error({ err: failure, method: request.method }, 'defect while answering');
    return sendProblem(response, { status: 500, code: 'internal', title: '系统内部错误' });
  };

/** The gateway limits its many clients itself; here they would all be one address. */
const gatewayBy =
  (secret: string | undefined) =>
  (request: Request): boolean => {
    const given = request.headers[CALLER_METADATA];
    if (secret === undefined || typeof given !== 'string') return false;
    try {
      return verifyCaller(given, secret) === 'gateway';
    } catch (failure) {
      // The caller is the gateway, or another service of ours, and one of two clocks is wrong: the client cannot correct this.
      if (failure instanceof Refusal && failure.reason === 'clock.skewed') throw failure;
      return false;
    }
  };

/** Refuses 429 `verify.counting_up` before the register is read. */
const countedUp =
  (guard: CountingUp, isGateway: (request: Request) => boolean): RequestHandler<{ number: string }> =>
  (request, response, next) => {
    if (isGateway(request as unknown as Request)) return next();
    const address = lineOf(request);
    // Read now: when the answer is sent, express has replaced the parameters.
    // In one spelling: the same number with another label is no other number.
    const number = typedCertificateNumber(request.params.number);
    const { waitSeconds, leave } = guard.enter(address);
    if (waitSeconds > 0) {
      response.setHeader('retry-after', String(waitSeconds));
      return sendProblem(response, { status: 429, code: 'verify.counting_up', title: '连续查询编号过多,请稍后再试' });
    }
    // Also for a client that did not wait: the answer was sent, and may have been read.
    response.once('close', () => {
      // An answer without a result is no step: the client has learnt nothing.
      if (response.statusCode >= 500) return leave();
      // Trying names on one number reveals as much as enumerating numbers.
      const wrongName = response.locals['nameMatches'] === false ? String(request.query['name']) : undefined;
      leave({
        number: wrongName === undefined ? number : `${number} ${wrongName}`,
        isKnown: response.statusCode === 200 && wrongName === undefined,
      });
    });
    next();
  };

const MOST_NAME = 64;
const nameIn = (request: { query: Record<string, unknown> }): string | undefined => {
  const { name } = request.query;
  if (name === undefined || name === '') return undefined;
  if (typeof name !== 'string' || name.length > MOST_NAME)
    throw new Refusal('invalid', 'certificate.name_invalid', `姓名应为一段不超过${MOST_NAME}字的文字`, { field: 'name' });
  return name.replace(/\p{Cf}/gu, '').trim();
};

/** The express application. */
export const publicApp = ({ lookUp, perMinute, countedUpLimit, callerSecret, trustedProxies, log }: AppOptions): Express => {
  const app = express();
  app.set('trust proxy', trustedProxies);
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(helmet());
  app.use((_request, response, next) => {
    // An answer is true when it is sent; a cached copy may be wrong a second later.
    response.setHeader('cache-control', 'no-store');
    next();
  });
  const isGateway = gatewayBy(callerSecret);
  if (perMinute > 0) {
    const skip = (request: Request): boolean => isGateway(request);
    const tooMany = (_request: unknown, response: Response): void =>
      sendProblem(response, { status: 429, code: 'request.too_many', title: '查询过于频繁,请稍后再试' });
    const asUsual = { windowMs: 60_000, standardHeaders: 'draft-8', legacyHeaders: false } as const;
    app.use(rateLimit({ ...asUsual, limit: perMinute, keyGenerator: lineOf, handler: tooMany, skip }));
  }
  app.get('/v1/certificates/:number', countedUp(countingUp({ limit: countedUpLimit }), isGateway), (request, response) => {
    answer(response, lookUp(request.params.number, nameIn(request)));
  });
  app.use((_request, response) => sendProblem(response, { status: 404, code: 'request.no_such_path', title: '没有这个地址' }));
  app.use(failures(log));
  return app;
};
