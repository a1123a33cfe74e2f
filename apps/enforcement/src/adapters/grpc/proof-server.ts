// proto ↔ use case for the proof of an order: its completion certificate, and proofs of single records.
import type { EnforcementServiceImplementation } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { CallerContext } from '@hengji/host';
import { Refusal } from '@hengji/domain-kit';
import type { UseCases } from '../../application/use-cases';
import { laterState } from '../../domain/order';
import { completionPaper } from '../completion-paper';
import type { Tx } from '../store/database';
import { actorOf, orderIdOf } from './requests';

type Server = EnforcementServiceImplementation<CallerContext>;

const recordIdOf = (recordId: string): string => {
  if (recordId.trim() === '') throw new Refusal('invalid', 'record.id_missing', '缺少记录编号', { field: 'record_id' });
  return recordId;
};

export const proofServer = ({ prove, certificate }: Pick<UseCases<Tx>, 'prove' | 'certificate'>) =>
  ({
    getCompletionCertificate: async (request) => {
      const found = await certificate(orderIdOf(request), actorOf(request.actor));
      const { order, certificate: last } = found;
      return { json: last.json, pdf: await completionPaper(order, last), laterState: laterState(order) };
    },
    proveRecord: async (request) => {
      const asked = { orderId: orderIdOf(request), row: request.row, recordId: recordIdOf(request.recordId) };
      return { json: await prove(asked, actorOf(request.actor)) };
    },
  }) satisfies Partial<Server>;
