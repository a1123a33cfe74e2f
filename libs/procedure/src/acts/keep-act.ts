// The only code that writes an act. It writes in the caller's transaction, so the act exists exactly when the change exists.
import { execute, storable, type MessageContext, type SqlTx } from '@hengji/messaging';
import sql, { join, type Sql } from 'sql-template-tag';
import type { Act, ActedOn, Principal } from './act';
import { serviceActing } from './principal';

/** Texts come from outside, and an act is never refused because of their length. */
const LONGEST = 500;
/** Maximum number of ids in one act; the largest message carries a thousand records. */
const MOST_EVIDENCE = 1_000;

const text = (value: string): string => storable(value, LONGEST);

const byValues = ({ kind, id, account, name, role, post, authority, institution }: Principal): Sql =>
  join([kind, ...[id, account, name, role, post, authority, institution].map(text)]);

/** Writes the act, in `tx`. */
export const keepAct = async (tx: SqlTx, { by, what, on, evidence, ...act }: Act): Promise<void> => {
  const ids = JSON.stringify(evidence.slice(0, MOST_EVIDENCE).map(text));
  const record = join([what, on.kind, on.id, on.institution].map(text));
  const grounds = join([act.orderId, act.caseId, act.purpose, act.requestId].map(text));
  await execute(
    tx,
    sql`INSERT INTO procedure.act (by_kind, by_id, by_account, by_name, by_role, by_post, by_authority, by_institution, what,
      record_kind, record_id, institution, evidence, order_id, case_id, purpose, request_id)
    VALUES (${byValues(by)}, ${record}, ${ids}::jsonb, ${grounds})`,
  );
};

/** What a service does by itself: after an event, by its clock, or for a row of an order. */
export interface OwnAct {
  readonly what: string;
  readonly on: ActedOn;
  readonly evidence?: readonly string[];
  readonly orderId?: string;
  readonly caseId?: string;
}

/** Writes the service's own work as its own act, in `tx`. */
export const keepOwnAct = (tx: SqlTx, service: string, { what, on, evidence = [], orderId = '', caseId = '' }: OwnAct): Promise<void> =>
  keepAct(tx, { by: serviceActing(service), what, on, evidence, orderId, caseId, purpose: '', requestId: '' });

/** A consumer's handler whose effect is the service's own act: one act per event, which the act names as evidence, not one per record. */
export const ownActOn =
  <Event, Tx extends SqlTx>(
    { service, what, kind }: { readonly service: string; readonly what: string; readonly kind: string },
    handle: (event: Event, context: MessageContext<Tx>) => Promise<void>,
  ) =>
  async (event: Event, context: MessageContext<Tx>): Promise<void> => {
    await handle(event, context);
    const { institution, orderId, eventId } = context.meta;
    const on = { kind, id: '', institution };
    await keepOwnAct(context.tx, service, { what, on, orderId, evidence: [`event:${eventId}`] });
  };
