// Which rows a person's lists may show (管辖): the person's jurisdiction as a condition on the authority and institution of each row.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { actorOf, reachSql, type PlaceColumns } from '@hengji/procedure';
import { reachOf } from '@hengji/province';
import type { Sql } from 'sql-template-tag';

/** Refuses `actor.missing`: a list limited to a territory needs an actor. */
export const territoryOf = (actor: Actor | undefined, columns: PlaceColumns): Sql => reachSql(reachOf(actorOf(actor)), columns);
