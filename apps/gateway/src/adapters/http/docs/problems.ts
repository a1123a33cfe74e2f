// Refusals of routes: RFC 9457, and the statuses that a route may answer with.
import { z } from 'zod';
import type { Route } from '../route';

export const PROBLEM = z
  .object({
    type: z.string(),
    title: z.string().openapi({ description: '中文说明' }),
    status: z.int(),
    code: z.string().openapi({ description: 'Reason code of docs/REFUSALS.md, e.g. territory.outside' }),
    field: z.string().optional(),
    rule: z.string().optional(),
    traceId: z.string().optional(),
    errors: z
      .array(z.object({ field: z.string(), rule: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'All faults of the request, where there are several' }),
    outcomeUnknown: z
      .literal(true)
      .optional()
      .openapi({ description: 'What was asked for may have been done all the same; the same key asks again. Absent: nothing was done' }),
  })
  .openapi('Problem', { description: 'RFC 9457' });

const isGuarded = ({ roles }: Route): boolean => roles !== 'public';
const isWrite = ({ method }: Route): boolean => method === 'post';

/** Status → its description, and the routes that may answer with the status. */
const STATUSES: readonly { readonly status: number; readonly about: string; readonly when: (route: Route) => boolean }[] = [
  { status: 400, about: '请求不符合要求', when: () => true },
  { status: 401, about: '未登录', when: isGuarded },
  { status: 403, about: '角色或管辖不允许', when: isGuarded },
  { status: 404, about: '不存在', when: ({ path, territory }) => path.includes(':') || territory.startsWith('institution') },
  { status: 409, about: '状态冲突', when: isWrite },
  { status: 413, about: '请求体超过上限', when: isWrite },
  { status: 415, about: '请求体应为application/json', when: (route) => isWrite(route) && !route.takesFile },
  { status: 429, about: '请求过于频繁或同时过多', when: () => true },
  { status: 500, about: '系统内部错误', when: () => true },
  { status: 503, about: '服务暂不可用', when: () => true },
];

const CONTENT = { 'application/problem+json': { schema: PROBLEM } };

export const problemsOf = (route: Route) =>
  Object.fromEntries(
    STATUSES.filter(({ when }) => when(route)).map(({ status, about }) => [status, { description: about, content: CONTENT }]),
  );
