// A stored message as the contract shows it, and pages of them, newest first.
import { Agency, MessageState, type AgencyMessage } from '@hengji/contracts/exchange/v1/exchange';
import type { ListMessagesRequest, ListMessagesResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import { Refusal } from '@hengji/domain-kit';
import type { Message } from '../../generated/client';
import type { Database } from '../store/database';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1_000;
/** What a list shows; the rows themselves stay behind. */
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

const cursorOf = (after: string): bigint | undefined => {
  if (after === '') return undefined;
  if (!/^\d{1,18}$/.test(after)) throw new Refusal('invalid', 'page.after_invalid', '翻页游标无效', { field: 'page.after' });
  return BigInt(after);
};

const limitOf = (limit: number): number => {
  if (limit > MAX_LIMIT)
    throw new Refusal('invalid', 'page.limit_invalid', `每页最多${MAX_LIMIT}条`, { field: 'page.limit', rule: '1..1000' });
  return limit || DEFAULT_LIMIT;
};

/** A page; the filters that are set are joined by AND. */
export const listMessages = async (db: Database, request: ListMessagesRequest): Promise<ListMessagesResponse> => {
  const after = cursorOf(request.page?.after ?? '');
  const limit = limitOf(request.page?.limit ?? 0);
  const found = await db.message.findMany({
    where: {
      ...(request.orderId === '' ? {} : { orderId: request.orderId }),
      ...(request.agency === 'UNSPECIFIED' ? {} : { agency: request.agency }),
      ...(request.institutions.length === 0 ? {} : { institution: { in: request.institutions } }),
      ...(request.state === 'UNSPECIFIED' ? {} : { state: request.state }),
      ...(after === undefined ? {} : { position: { lt: after } }),
    },
    orderBy: { position: 'desc' },
    take: limit + 1,
    select: SHOWN,
  });
  const page = found.slice(0, limit);
  const next = found.length > limit ? String(page.at(-1)?.position ?? '') : '';
  return { messages: page.map(toAgencyMessage), next };
};
