// Converts a stored message to the contract message, and reads pages of messages, newest first.
import { Agency, MessageState, type AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import type { ListMessagesRequest, ListMessagesResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import { Refusal } from '@hengji/domain-kit';
import { inOrder, readList } from '@hengji/host';
import { earlierQuery, placesOf, territoryOf } from '@hengji/participation';
import { EVERYWHERE } from '@hengji/procedure';
import sql, { type Sql } from 'sql-template-tag';
import type { Message } from '../../generated/client';
import type { Database } from '../store/database';
import { MESSAGE_LIST, MESSAGE_PLACE } from '../store/message-list';

/** The columns that a list shows; the message's rows are not read. */
const SHOWN = {
  position: true,
  messageId: true,
  agency: true,
  kind: true,
  institution: true,
  orderId: true,
  row: true,
  items: true,
  acknowledged: true,
  rejected: true,
  state: true,
  tries: true,
  lastError: true,
  createdAt: true,
  nextTryAt: true,
  acknowledgedAt: true,
} as const;

type Shown = Pick<Message, keyof typeof SHOWN>;

const toAgencyMessage = (message: Shown): AgencyMessage => ({
  ...message,
  agency: Agency[message.agency as Agency],
  state: MessageState[message.state as MessageState],
  nextTryAt: message.state === 'PENDING' ? message.nextTryAt : undefined,
  acknowledgedAt: message.acknowledgedAt ?? undefined,
});

/** Refuses `message.unknown`. */
export const getMessage = async (db: Pick<Database, 'message'>, messageId: string): Promise<AgencyMessage> => {
  const message = await db.message.findUnique({ where: { messageId }, select: SHOWN });
  if (message === null) throw new Refusal('notFound', 'message.unknown', '没有这个报文', { field: 'message_id' });
  return toAgencyMessage(message);
};

/**
 * The institutions whose messages the actor may see. Operators operate exchange and see its messages, without content, everywhere. A
 * gateway of an older version sends no query and names the institutions within the person's reach.
 */
const territoryIn = ({ actor, query, institutions }: ListMessagesRequest): Sql => {
  if (query) return actor?.role === 'OPERATOR' ? EVERYWHERE : territoryOf(actor, MESSAGE_PLACE);
  return institutions.length === 0 ? EVERYWHERE : sql`m.institution = ANY(${[...institutions]}::text[])`;
};

/** A page of messages, newest first unless the query sorts them. */
export const listMessages = async (db: Database, request: ListMessagesRequest): Promise<ListMessagesResponse> => {
  const { orderId, agency, state, page } = request;
  const query = request.query ?? earlierQuery(page, { orderId, agency, state });
  const { keys, next, total } = await readList(db, MESSAGE_LIST, query, territoryIn(request));
  const found = await db.message.findMany({ where: { messageId: { in: [...keys] } }, select: SHOWN });
  const messages = inOrder(keys, found, ({ messageId }) => messageId);
  const institutions = await placesOf(
    db,
    messages.map(({ institution }) => institution),
  );
  return { messages: messages.map(toAgencyMessage), next, total, institutions };
};
