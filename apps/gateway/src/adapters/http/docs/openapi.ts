// The OpenAPI 3.1 document, generated from the route table and its zod schemas.
import { OpenAPIRegistry, OpenApiGeneratorV31, extendZodWithOpenApi, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { CONTRACT_SCHEMAS, answerSchema, type Schema } from './answers';
import type { Route } from '../route';
import { ROUTES } from '../routes';

extendZodWithOpenApi(z);

const PROBLEM: Schema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: '中文说明' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable slug, e.g. territory.outside' },
    field: { type: 'string' },
    rule: { type: 'string' },
    traceId: { type: 'string' },
    errors: { type: 'array', items: { type: 'object' } },
  },
};

const WRITE_HEADERS = z.object({
  'Idempotency-Key': z.uuid().openapi({ description: 'The same key again answers the same and does nothing.' }),
  'X-Hengji-Csrf': z.literal('1'),
});

const REFUSALS = {
  400: '请求不符合要求',
  401: '未登录',
  403: '角色或管辖不允许',
  404: '不存在',
  409: '状态冲突',
  503: '服务暂不可用',
} as const;

const refusalsOf = (route: Route): RouteConfig['responses'] =>
  Object.fromEntries(
    Object.entries(REFUSALS)
      .filter(([status]) => route.roles !== 'public' || (status !== '401' && status !== '403'))
      .map(([status, description]) => [
        status,
        { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      ]),
  );

const FILE: Schema & { format: string } = { type: 'string', format: 'binary', description: 'The file itself, at most 5 MB' };
const bodyContent = (route: Route) =>
  route.takesFile ? { '*/*': { schema: FILE } } : { 'application/json': { schema: route.body ?? z.object({}) } };

const describe = (route: Route): RouteConfig => ({
  method: route.method,
  path: `/api${route.path.replace(/:(\w+)/g, '{$1}')}`,
  summary: route.summary,
  description: `角色:${route.roles === 'public' ? '公开' : route.roles.join('、')};管辖:${route.territory}`,
  tags: [route.path.split('/')[1] ?? ''],
  security: route.roles === 'public' ? [] : [{ session: [] }],
  request: {
    params: route.params,
    query: route.query,
    ...(route.body ? { headers: WRITE_HEADERS, body: { required: true, content: bodyContent(route) } } : {}),
  },
  responses: {
    [route.status]: {
      description: route.answers,
      content: { [route.produces]: { schema: answerSchema(route.answers) } },
    },
    ...refusalsOf(route),
  },
});

/** The document for the gateway at `origin`. */
export const openApiDocument = (origin: string) => {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('schemas', 'Problem', PROBLEM);
  for (const [name, schema] of Object.entries(CONTRACT_SCHEMAS)) registry.registerComponent('schemas', name, schema);
  registry.registerComponent('securitySchemes', 'session', { type: 'apiKey', in: 'cookie', name: 'hengji_session' });
  for (const route of ROUTES) registry.registerPath(describe(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: '衡技 Hengji',
      version: '1',
      description: '职业技能评价监管平台接口。由路由表生成。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: origin }],
  });
};
