// Which rows a person's lists may show (管辖): the person's jurisdiction as a condition on the authority and institution of each row.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import { reachSql, type PlaceColumns } from '@hengji/procedure';
import { reachOf } from '@hengji/province';
import type { Sql } from 'sql-template-tag';

/** Refuses `actor.missing`: a list limited to a territory needs an actor. */
export const territoryOf = (actor: Actor | undefined, columns: PlaceColumns): Sql => {
  if (!actor || actor.officerId === '') throw new Refusal('unauthenticated', 'actor.missing', '请求未注明操作人员', { field: 'actor' });
  return reachSql(reachOf(actor), columns);
};
