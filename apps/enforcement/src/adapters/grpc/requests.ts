// Reads requests for the use cases. Values that proto allows and the law does not (no actor, UNSPECIFIED) are refused here,
// with the field.
import type { Scope as ScopeMessage } from '@hengji/contracts/enforcement/v1/order';
import type { Actor as ActorMessage } from '@hengji/contracts/meta/v1/meta';
import type { Order as OrderMessage } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Refusal } from '@hengji/domain-kit';
import { actorOf as personOf } from '@hengji/procedure';
import { ROLES } from '@hengji/province';
import type { Actor } from '../../domain/competence';
import type { Administrator } from '../../domain/province-data/change';
import type { Scope } from '../../domain/scope';

/** The answer of most calls: the current order. */
export interface OrderAnswer {
  readonly order: OrderMessage;
}

/** The word of the list, or a refusal `request.word_unknown` with the field. */
export const known = <W extends string>(words: readonly W[], text: string, field: string): W => {
  const word = words.find((candidate) => candidate === text);
  if (word === undefined)
    throw new Refusal('invalid', 'request.word_unknown', `“${text}”不是可用的取值`, { field, rule: words.join(' | ') });
  return word;
};

export const knownAll = <W extends string>(words: readonly W[], texts: readonly string[], field: string): W[] =>
  texts.map((text, i) => known(words, text, `${field}[${i}]`));

/** Refuses `actor.missing`. */
export const actorOf = (actor: ActorMessage | undefined): Actor => {
  const { officerId, role, authority, institution, postLevel } = personOf(actor);
  const level = postLevel === 'HEAD' || postLevel === 'DEPARTMENT_HEAD' ? { postLevel } : {};
  return { officerId, role: known(ROLES, role, 'actor.role'), authority, institution, ...level };
};

/** The person who changes the province's data. Refuses `actor.missing`. */
export const administratorOf = (actor: ActorMessage | undefined): Administrator => ({ ...actorOf(actor), name: actor?.name ?? '' });

/** Refuses an absent scope; domain/scope.ts checks its content. */
export const scopeOf = (scope: ScopeMessage | undefined): Scope => {
  if (!scope) throw new Refusal('invalid', 'order.scope_invalid', '缺少处理范围', { field: 'scope', rule: 'order.proto Scope' });
  return scope;
};

/** Refuses `case.id_missing`. */
export const caseIdOf = ({ caseId }: { caseId: string }): string => {
  if (caseId === '') throw new Refusal('invalid', 'case.id_missing', '缺少案件编号', { field: 'case_id', rule: 'rules §7.9' });
  return caseId;
};

/** Refuses `order.id_missing`. */
export const orderIdOf = ({ orderId }: { orderId: string }): string => {
  if (orderId === '') throw new Refusal('invalid', 'order.id_missing', '缺少处理决定编号', { field: 'order_id' });
  return orderId;
};

const MOST = 1_000;

/** Ids to read. Refuses `page.limit_invalid` above 1,000. */
export const idsOf = (ids: readonly string[]): readonly string[] => {
  if (ids.length > MOST)
    throw new Refusal('invalid', 'page.limit_invalid', `每次至多${MOST}个编号`, { field: 'order_ids', rule: 'meta.v1.Page' });
  return ids;
};
