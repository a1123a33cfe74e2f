// Which messages to other agencies (部门报文) are asked for.
import { Agency, MessageState } from '@hengji/contracts/exchange/v1/exchange';
import { ID, known } from '../fields';

export const MESSAGE_FILTER = {
  orderId: ID.optional(),
  agency: known(Agency).optional(),
  state: known(MessageState).optional(),
} as const;
