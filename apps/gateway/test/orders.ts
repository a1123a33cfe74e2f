// The orders of the fake enforcement: institutions of three authorities, and what the fake answers to each call about an order.
import { type EnforcementServiceDefinition, Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Refusal } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import type { ServiceImplementation } from 'nice-grpc';

/** Institutions of Shenyang, Dalian and the province. */
export const SHENYANG = 'S000021010001';
export const DALIAN = 'S000021020001';
export const PROVINCE = 'S000021000001';
export const AUTHORITIES: Readonly<Record<string, string>> = { [SHENYANG]: '2101', [DALIAN]: '2102', [PROVINCE]: 'LN' };
/** Orders of these institutions: `<state>-<institution>`. */
export const orderOf = (orderId: string) => {
  const [state, institution = ''] = orderId.split('-');
  if (state !== 'DRAFT' && state !== 'EXECUTING') throw new Refusal('notFound', 'order.unknown', '没有这个处理决定');
  return Order.fromPartial({ orderId, state, authority: AUTHORITIES[institution] ?? '', scope: { institution } });
};

export type Enforcement = Partial<ServiceImplementation<typeof EnforcementServiceDefinition, CallerContext>>;

/** The calls that the fake services received, in order. */
export interface Asked {
  readonly method: string;
  readonly request: unknown;
  readonly caller: string;
}

/** Notes the call, and answers it. */
export const answerTo =
  (asked: Asked[]) =>
  <Request, Response>(method: string, of: (request: Request) => Response) =>
  async (request: Request, context: { caller: string }) => {
    asked.push({ method, request, caller: context.caller });
    return of(request);
  };

export const orderFakes = (asked: Asked[]): Enforcement => {
  const answer = answerTo(asked);
  const order = (method: string) => answer(method, ({ orderId }: { orderId: string }) => ({ order: orderOf(orderId) }));
  return {
    getOrder: order('getOrder'),
    previewOrder: order('previewOrder'),
    signOrder: order('signOrder'),
    liftOrder: order('liftOrder'),
    retryRow: order('retryRow'),
    sweepOrder: order('sweepOrder'),
    editDraft: order('editDraft'),
    previewSuperseding: answer('previewSuperseding', () => ({ parts: [{ measure: 'RECTIFY', fate: 'ENDS', words: '解除' }] })),
    discardDraft: order('discardDraft'),
    listDraftVersions: answer('listDraftVersions', () => ({ versions: [{ revision: 2, editedBy: 'u2', changes: ['名称：甲 → 乙'] }] })),
    checkNumbers: answer('checkNumbers', () => ({ lines: [{ line: 1, standing: 'MALFORMED', words: '此行没有编号' }] })),
    previewDrift: answer('previewDrift', () => ({ rows: [{ row: 2, live: { count: 3n, root: Buffer.from('ab', 'hex') } }] })),
    confirmDrift: order('confirmDrift'),
    suspendOrder: order('suspendOrder'),
    resumeOrder: order('resumeOrder'),
    listLeftRecords: answer('listLeftRecords', () => ({
      items: [{ row: 12, service: 'subsidy', recordId: 'r1', wouldBe: 'paid', is: 'repaid' }],
    })),
    decideLeftRecord: answer('decideLeftRecord', () => ({})),
    getCompletionCertificate: answer('getCompletionCertificate', () => ({
      json: '{"b":1,"a":"完成"}',
      pdf: Buffer.from('%PDF-1.7'),
      laterState: 'LIFTING',
    })),
    proveRecord: answer('proveRecord', ({ recordId }) => ({ json: `{"record":"${recordId}"}` })),
    draftOrder: answer('draftOrder', ({ scope }) => ({ order: orderOf(`DRAFT-${scope?.institution ?? ''}`) })),
    listOrders: answer('listOrders', () => ({
      orders: [SHENYANG, DALIAN].flatMap((code) => [orderOf(`DRAFT-${code}`), orderOf(`EXECUTING-${code}`)]),
    })),
    listOrderNumbers: answer('listOrderNumbers', ({ orderIds = [] }) => ({
      orders: orderIds.map((orderId) => ({ orderId, documentNo: `沈人社鉴处〔2026〕${orderIds.length}号` })),
    })),
    watchOrder: async function* ({ orderId }) {
      asked.push({ method: 'watchOrder', request: { orderId }, caller: '' });
      yield { order: orderOf(orderId) };
      yield { order: { ...orderOf(orderId), residual: 0n } };
    },
  };
};
