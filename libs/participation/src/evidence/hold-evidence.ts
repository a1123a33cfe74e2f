// Compares an order's hold with the order itself. The hold must not be narrower than the order's scope. Its only exceptions must come from
// liftings. Its position among the institution's orders must be unchanged. When an order runs again, it repairs its hold.
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { OrderIssued } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { findHold, keepHold, replaceHold, type HoldStanding } from '../holds';
import { contextOf, liftingsHere, type AskedRow } from '../order-rows';
import { sameScope } from '../scope';

/** Scopes that liftings took out of the order's hold, already carried out or not. */
const liftedScopes = async (tx: SqlTx, orderId: string): Promise<Scope[]> => {
  const rows = await rowsOf<{ announced: Uint8Array }>(
    tx,
    sql`SELECT DISTINCT announced FROM messaging.order_row WHERE order_id = ${orderId} AND undo AND narrowed`,
  );
  return rows.flatMap(({ announced }) => OrderIssued.decode(announced).scope ?? []);
};

const isAmong = (scopes: readonly Scope[], scope: Scope): boolean => scopes.some((one) => sameScope(one, scope));

/**
 * M1 is in force here, but the hold that M1 requires has been released. If M1 asked a row of this service, that row counts the missing hold
 * (hold-effect.ts).
 */
const isTakenAway = async (tx: SqlTx, { order }: AskedRow, hold: HoldStanding): Promise<boolean> => {
  if (!order.measures.includes('STOP_EVALUATION') || (hold.standing && hold.releasedAt === null)) return false;
  const lifted = await liftingsHere(tx, order.orderId);
  return !lifted.some(({ measures, narrowed }) => measures.includes('STOP_EVALUATION') && !narrowed);
};

/**
 * What of the order's hold differs from the announcement of `row`, one of the order's own rows; empty for an order without a hold here.
 * `isCounted`: the existence of the hold is already counted.
 */
export const holdAltered = async (tx: SqlTx, row: AskedRow, isCounted = false): Promise<string[]> => {
  const { orderId, scope, epoch } = contextOf(row, new Date());
  const hold = await findHold(tx, orderId);
  if (!hold) return [];
  const lifted = hold.except.length === 0 ? [] : await liftedScopes(tx, orderId);
  return [
    ...(sameScope(hold.scope, scope) && hold.institution === scope.institution ? [] : ['scope']),
    ...(hold.epoch === String(epoch) ? [] : ['epoch']),
    ...(hold.except.every((part) => isAmong(lifted, part)) ? [] : ['except_scopes']),
    ...(!isCounted && (await isTakenAway(tx, row, hold)) ? ['released_at'] : []),
  ].map((column) => `hold:${orderId}：hold.${column} 与处理决定不符`);
};

/** Repairs the hold; waits for the in-flight writers, like any fence. */
export const mendHold = async (tx: SqlTx, row: AskedRow): Promise<void> => {
  const { orderId, scope, epoch } = contextOf(row, new Date());
  const hold = await findHold(tx, orderId);
  if (!hold || (await holdAltered(tx, row)).length === 0) return;
  const lifted = await liftedScopes(tx, orderId);
  await replaceHold(tx, { orderId, scope, epoch, except: hold.except.filter((part) => isAmong(lifted, part)) });
  if (await isTakenAway(tx, row, hold)) await keepHold(tx, orderId);
};
