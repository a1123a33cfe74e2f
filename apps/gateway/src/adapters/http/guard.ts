// What stands before every handler: who it is, whether the role and the territory allow it, and for writes that the
// request comes from our own pages and can be repeated harmlessly.
import { Refusal } from '@hengji/domain-kit';
import type { Request } from 'express';
import { checkReach, type Person } from '../../domain/access';
import { caseById, documentById } from './handlers/cases';
import { institutionByCode } from './handlers/institutions';
import { orderById } from './handlers/orders';
import type { Reached, RouteDeps, Territory } from './route';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const csrf = (what: string): Refusal =>
  new Refusal('forbidden', 'csrf.refused', `写操作必须来自本平台页面:${what}`, { field: 'X-Hengji-Csrf', rule: 'same-origin' });

const isOwn = (origin: string, request: Request, publicOrigin: string): boolean =>
  origin === publicOrigin || (URL.canParse(origin) && new URL(origin).host === request.headers.host);

/**
 * Refuses `csrf.refused` unless the custom header is there (another site cannot send it without a preflight that we
 * never grant) and the browser does not say that the request comes from elsewhere.
 */
export const checkOwnPage = (request: Request, publicOrigin: string): void => {
  if (request.headers['x-hengji-csrf'] !== '1') throw csrf('缺少请求头');
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw csrf('跨站请求');
  const { origin } = request.headers;
  if (origin !== undefined && !isOwn(origin, request, publicOrigin)) throw csrf('来源不符');
};

/** The key under which the services remember the answer; refuses `request.id_missing`, `request.id_invalid`. */
export const idempotencyKey = (request: Request): string => {
  const key = request.headers['idempotency-key'];
  const detail = { field: 'Idempotency-Key', rule: 'UUID' };
  if (key === undefined) throw new Refusal('invalid', 'request.id_missing', '写操作必须带Idempotency-Key请求头', detail);
  if (typeof key !== 'string' || !UUID.test(key)) throw new Refusal('invalid', 'request.id_invalid', 'Idempotency-Key应为UUID', detail);
  return key.toLowerCase();
};

interface Target {
  readonly params: Record<string, unknown>;
  readonly body: Record<string, unknown>;
}
type Check = (deps: RouteDeps, person: Person, target: Target) => Promise<Reached>;

const byInstitution =
  (codeOf: (target: Target) => unknown): Check =>
  async ({ neighbours }, person, target) => {
    const institution = await institutionByCode(neighbours, String(codeOf(target)));
    checkReach(person, { institution: institution.code, authority: institution.authority });
    return { institution };
  };

const byOrder: Check = async ({ neighbours }, person, { params }) => {
  const order = await orderById(neighbours, person, String(params['id']));
  checkReach(person, { institution: order.scope?.institution ?? '', authority: order.authority });
  return { order };
};

const byCase: Check = async ({ neighbours }, person, { params }) => {
  const found = await caseById(neighbours, person, String(params['id']));
  checkReach(person, found);
  return { case: found };
};

/** A document is where its case is. */
const byDocument: Check = async ({ neighbours }, person, { params }) => {
  const { document, pdf, ofCase, isShown } = await documentById(neighbours, person, String(params['id']));
  checkReach(person, ofCase);
  if (!isShown) throw new Refusal('notFound', 'document.unknown', '没有这份文书', { field: 'id' });
  return { document: { document, pdf } };
};

const unchecked: Check = async () => ({});

/** How each kind of territory is checked before the handler runs; refuses `territory.outside`. */
export const TERRITORY_CHECKS = {
  'institution in path': byInstitution(({ params }) => params['code']),
  'institution in scope': byInstitution(({ body }) => (body['scope'] as { institution: string }).institution),
  'institution in body': byInstitution(({ body }) => body['institution']),
  'order in path': byOrder,
  'case in path': byCase,
  'document in path': byDocument,
  'narrowed list': unchecked,
  none: unchecked,
} as const satisfies Record<Territory, Check>;
