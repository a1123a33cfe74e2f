// The express application: one pipeline around the route table. Built after the address is known, because sign-in and the same-origin
// checks need the address.
import { toJson } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import { lineOf, metrics, tracing, type Log } from '@hengji/host';
import express, { type Express, type Request, type RequestHandler, type Response, type Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { checkRole, type Person } from '../../domain/access';
import { jsonBody, readableUrl } from './body';
import { consoleFiles } from './console-files';
import { docsPages } from './docs/docs-pages';
import { fileBody } from './files/file-body';
import { gates, type Gates } from './gate';
import { checkOwnPage, idempotencyKey } from './guard';
import { answerFailures, sendProblem } from './problem';
import { XLSX } from './lists/export';
import type { Route, RouteDeps } from './route';
import { ROUTES } from './routes';
import { reach } from './territory';

export interface AppOptions {
  readonly origin: string;
  readonly deps: RouteDeps;
  readonly signIn: Router;
  /** Routers of the demo identity provider, mounted below /oidc; absent in production. */
  readonly demoProvider: RequestHandler | undefined;
  readonly consoleFolder: string;
  readonly ratePerMinute: number;
  readonly signInsPerMinute: number;
  readonly trustedProxies: number;
  /** Aborted when the process stops, so that open event streams end. */
  readonly stopping: AbortSignal;
  readonly log: Log;
}

const seconds = metrics.histogram('hengji_http_seconds', 'Time to answer an HTTP request', ['method', 'route', 'status']);

/** One trace span per request; every response carries the trace id, so that people can quote the id. */
const traced: RequestHandler = (request, response, next) => {
  const parent = request.headers['traceparent'];
  void tracing.withSpan(`http ${request.method}`, typeof parent === 'string' ? parent : undefined, () => {
    const traceId = tracing.currentTraceId() ?? '';
    response.locals['traceId'] = traceId;
    response.setHeader('x-trace-id', traceId);
    const stop = seconds.startTimer({ method: request.method });
    return new Promise<void>((resolve) => {
      response.once('close', () => {
        const matched = request.route as { path?: string } | undefined;
        stop({ route: matched?.path ?? 'none', status: String(response.statusCode) });
        resolve();
      });
      next();
    });
  });
};

const securityHeaders = (origin: string): RequestHandler => {
  const https = origin.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      directives: {
        ...{ defaultSrc: ["'self'"], scriptSrc: ["'self'"], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'", 'data:'] },
        // antd writes its styles into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        ...{ formAction: ["'self'"], frameAncestors: ["'none'"], objectSrc: ["'none'"], baseUri: ["'self'"] },
        upgradeInsecureRequests: https ? [] : null,
      },
    },
    strictTransportSecurity: https,
    // Browsers ignore these headers on plain http and log warnings about them.
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
  });
};

const limited = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    keyGenerator: lineOf,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => sendProblem(response, { status: 429, code: 'rate.exceeded', title: '请求过于频繁,请稍后再试' }),
  });

const NOBODY: Person = { officerId: '', name: '', role: 'AUDITOR', authority: '', institution: '' };

const whoIs = async ({ deps, route, request }: { deps: RouteDeps; route: Route; request: Request }): Promise<Person> => {
  if (route.roles === 'public') return NOBODY;
  const person = await deps.sessions.personOf(request);
  if (!person) throw new Refusal('unauthenticated', 'session.missing', '请先登录');
  return person;
};

const goneSignal = (response: Response, stopping: AbortSignal): AbortSignal => {
  const gone = new AbortController();
  if (response.destroyed) gone.abort();
  else response.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, stopping]);
};

/**
 * Runs before the body is read: checks who the person is, whether the role may call the route, and for writes where the request comes from.
 */
const enter =
  (route: Route, o: AppOptions): RequestHandler =>
  async (request, response, next) => {
    const person = await whoIs({ deps: o.deps, route, request });
    response.locals['officerId'] = person.officerId;
    response.locals['person'] = person;
    if (route.roles !== 'public') checkRole(person, route.roles);
    if (route.method === 'post') {
      checkOwnPage(request, o.origin);
      response.locals['requestId'] = idempotencyKey(request);
    }
    next();
  };

/** One row of the table as a handler; runs after `enter` and after the body is read. */
const serve =
  (route: Route, o: AppOptions): RequestHandler =>
  async (request, response) => {
    const { person, requestId = '' } = response.locals as { person: Person; requestId?: string };
    const parts = route.parse(request);
    const reached = await reach(o.deps, person, route.territory, parts);
    const input = { ...parts, person, requestId, reached, signal: goneSignal(response, o.stopping) };
    const answer = await route.handle(o.deps, input, response);
    if (requestId !== '')
      o.log.info({ audit: true, officer: person.officerId, method: request.method, path: request.path, requestId }, 'done');
    if (!response.headersSent) response.status(route.status).set('cache-control', 'no-store').json(toJson(answer));
  };

const unknownRoute: RequestHandler = () => {
  throw new Refusal('notFound', 'route.unknown', '没有这个地址');
};

const bodyOf = (route: Route, { files, streams }: Gates): readonly RequestHandler[] => {
  if (route.takesFile) return [files, fileBody];
  if (route.answers.mediaType === 'text/event-stream') return [streams];
  if (route.method === 'get') return ['*/*', XLSX].includes(route.answers.mediaType) ? [files] : [];
  return jsonBody(route.mostBody);
};

/** The application; it is attached to a listening server by `httpServer`. */
export const createApp = (o: AppOptions): Express => {
  const app = express();
  app.disable('x-powered-by').set('query parser', 'simple').set('trust proxy', o.trustedProxies);
  app.use(traced, securityHeaders(o.origin), readableUrl);
  app.use('/api/sign-in', limited(o.signInsPerMinute));
  app.post('/oidc/*path', limited(o.signInsPerMinute));
  app.use(['/api', '/oidc'], limited(o.ratePerMinute));
  app.use('/api', o.signIn);
  if (o.demoProvider) app.use('/oidc', o.demoProvider);
  const gate = gates();
  // The order matters: the body is not read for people who may not call the route.
  for (const route of ROUTES) app[route.method](`/api${route.path}`, enter(route, o), ...bodyOf(route, gate), serve(route, o));
  app.use(docsPages(o.origin));
  app.use('/api', unknownRoute);
  app.use(consoleFiles(o.consoleFolder));
  app.use(answerFailures(o.log));
  return app;
};
