// What a person's lists may show at all (管辖): a condition on the rows' own authority and institution, which no filter widens. The same
// rule as the gateway's REACH: an officer's and an auditor's authority, an institution's own rows, and nothing for operators.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import { PROVINCE } from '@hengji/province';
import sql, { type Sql } from 'sql-template-tag';

export interface PlaceColumns {
  readonly authority: Sql;
  readonly institution: Sql;
}

export const EVERYWHERE = sql`TRUE`;
const NOWHERE = sql`FALSE`;

/** Refuses `actor.missing`: a list of a territory needs whose it is. */
export const territoryOf = (actor: Actor | undefined, { authority, institution }: PlaceColumns): Sql => {
  if (!actor || actor.officerId === '') throw new Refusal('unauthenticated', 'actor.missing', '请求未注明操作人员', { field: 'actor' });
  switch (actor.role) {
    case 'PROVINCE_OFFICER':
    case 'CITY_OFFICER':
    case 'AUDITOR':
      return actor.authority === PROVINCE ? EVERYWHERE : sql`${authority} = ${actor.authority}`;
    case 'INSTITUTION':
      return actor.institution === '' ? NOWHERE : sql`${institution} = ${actor.institution}`;
    case 'OPERATOR':
    case 'UNSPECIFIED':
      return NOWHERE;
  }
};
