// The OpenAPI 3.1 document, generated from the route table: request shapes, answers and problems. The console's client is generated from
// the document.
import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import type { Route } from '../route';
import { ROUTES } from '../routes';
import { problemsOf } from './problems';

const WRITE_HEADERS = z.object({
  'Idempotency-Key': z.uuid().openapi({ description: 'The same key again answers the same and does nothing.' }),
  'X-Hengji-Csrf': z.literal('1'),
});

const FILE = z.string().openapi({ format: 'binary', description: 'The file itself' });
const bodyContent = (route: Route) =>
  route.takesFile ? { '*/*': { schema: FILE } } : { 'application/json': { schema: route.body ?? z.object({}) } };

const answerOf = ({ answers }: Route) =>
  answers.schema === undefined
    ? { description: answers.about }
    : { description: answers.about, content: { [answers.mediaType]: { schema: answers.schema } } };

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
  responses: { [route.status]: answerOf(route), ...problemsOf(route) },
});

/** The document of the gateway at `origin`. */
export const openApiDocument = (origin: string) => {
  const registry = new OpenAPIRegistry();
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
