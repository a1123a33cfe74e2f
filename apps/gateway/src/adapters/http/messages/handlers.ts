// Messages to other agencies (部门报文), as exchange stores them.
import { Refusal } from '@hengji/domain-kit';
import type { Person } from '../../../domain/access';
import type { RouteDeps } from '../route';

export const retryMessage = async ({ neighbours }: RouteDeps, { person, params }: { person: Person; params: { id: string } }) => {
  const { message } = await neighbours.exchange.retryMessage({ messageId: params.id, actor: person });
  if (!message) throw new Refusal('notFound', 'message.unknown', '没有这条报文', { field: 'id' });
  return message;
};
