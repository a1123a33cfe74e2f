// Holds and claims in force for many records at once, for lists. A directory page needs a thousand institutions, and one query per
// institution would be a thousand queries.
import { Scope } from '@hengji/contracts/enforcement/v1/order';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { Hold } from './types';

interface HoldRow {
  readonly institution: string;
  readonly orderId: string;
  readonly epoch: string;
  readonly scope: Partial<Scope>;
  readonly standing: boolean;
  readonly placedAt: Date;
  readonly except: readonly Partial<Scope>[];
}

const group = <T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
};

/** Holds in force now, by institution, in epoch order; institutions without a hold are absent. */
export const activeHoldsOf = async (tx: SqlTx, institutions: readonly string[]): Promise<Map<string, Hold[]>> => {
  const rows = await rowsOf<HoldRow>(
    tx,
    sql`SELECT institution, order_id AS "orderId", epoch::text AS epoch, scope, standing, placed_at AS "placedAt", except_scopes AS except
     FROM messaging.hold
     WHERE institution = ANY(ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(institutions)}::jsonb)))
       AND released_at IS NULL AND paused_at IS NULL ORDER BY hold.epoch`,
  );
  const groups = group(rows, (row) => row.institution);
  return new Map(
    [...groups].map(([institution, holds]) => [
      institution,
      holds.map(({ orderId, epoch, scope, standing, placedAt, except }) => ({
        orderId,
        epoch: BigInt(epoch),
        scope: Scope.fromPartial(scope),
        standing,
        placedAt,
        except: except.map((part) => Scope.fromPartial(part)),
      })),
    ]),
  );
};

/** Condition: an order now stops the institution in the column (停止评价). */
export const isStopped = (institution: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM messaging.hold h
  WHERE h.institution = ${institution} AND h.standing AND h.released_at IS NULL AND h.paused_at IS NULL)`;

/** Holds on the institution that were released at or after that time. */
export const holdsLetGo = async (tx: SqlTx, institution: string, since: Date): Promise<Pick<Hold, 'orderId' | 'scope' | 'except'>[]> => {
  const rows = await rowsOf<Pick<HoldRow, 'orderId' | 'scope' | 'except'>>(
    tx,
    sql`SELECT order_id AS "orderId", scope, except_scopes AS except FROM messaging.hold
     WHERE institution = ${institution} AND let_go_at >= ${since.toISOString()}::timestamptz AND released_at IS NOT NULL ORDER BY hold.epoch`,
  );
  return rows.map(({ orderId, scope, except }) => ({
    orderId,
    scope: Scope.fromPartial(scope),
    except: except.map((part) => Scope.fromPartial(part)),
  }));
};

/** Orders whose claim under the effect is in force, by record, earliest first; records without a claim are absent. */
export const standingClaims = async (tx: SqlTx, effect: string, recordIds: readonly string[]): Promise<Map<string, string[]>> => {
  const rows = await rowsOf<{ recordId: string; orderId: string }>(
    tx,
    sql`SELECT record_id AS "recordId", order_id AS "orderId" FROM messaging.claim
     WHERE effect = ${effect} AND record_id = ANY(ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(recordIds)}::jsonb)))
       AND lifted_at IS NULL ORDER BY seq`,
  );
  const groups = group(rows, (row) => row.recordId);
  return new Map([...groups].map(([recordId, claims]) => [recordId, claims.map((claim) => claim.orderId)]));
};
