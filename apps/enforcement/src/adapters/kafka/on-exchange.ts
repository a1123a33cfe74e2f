// Consumes the answers of other agencies to a transfer from exchange: receipt of the package, filing or refusal of the case. An
// answer without a transfer order (another agency, an unknown order) is logged and skipped. Parking it would delay all later
// answers about the institution, and no replay could make it right.
import { TOPICS } from '@hengji/contracts';
import type { Agency } from '@hengji/contracts/exchange/v1/exchange';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { Refusal } from '@hengji/domain-kit';
import type { Log } from '@hengji/host';
import { subscribe, type TopicSubscription } from '@hengji/messaging';
import type { TransferHeard } from '../../application/cases/hear-transfer';
import type { Tx } from '../store/database';

const NAMES = { POLICE: '公安机关', DISCIPLINE: '纪检监察机关' } as const;

const isReceiver = (agency: Agency): agency is keyof typeof NAMES => agency in NAMES;

const decidedText = (name: string, { accepted, decisionNo, reason }: { accepted: boolean; decisionNo: string; reason: string }): string =>
  `${name}${accepted ? '立案' : '不予立案'}，${decisionNo}${reason === '' ? '' : `：${reason}`}`;

/** One line per event of the topic. */
export const onExchange = (hear: (tx: Tx, heard: TransferHeard) => Promise<void>, log: Log): TopicSubscription<Tx> => {
  const take = async (tx: Tx, agency: Agency, heard: (receiver: keyof typeof NAMES) => TransferHeard): Promise<void> => {
    if (!isReceiver(agency)) return log.error({ agency }, 'a transfer was answered by an agency that receives none');
    await hear(tx, heard(agency)).catch((failure: unknown) => {
      if (!(failure instanceof Refusal && failure.reason === 'order.unknown')) throw failure;
      log.error({ agency, err: failure }, 'an answer to a transfer order that is not known');
    });
  };
  return subscribe<ExchangeEvent, Tx>(TOPICS.exchange, {
    uploadsAccepted: 'ignored',
    uploadsWithdrawn: 'ignored',
    uploadsRejected: 'ignored',
    uploadsRestored: 'ignored',
    noticeAcknowledged: 'ignored',
    transferReceived: ({ orderId, agency, receiptNo, packageSha256 }, { tx, now }) =>
      take(tx, agency, (receiver) => {
        const text = `${NAMES[receiver]}签收，回执${receiptNo}，材料清单SHA-256 ${packageSha256.toString('hex')}`;
        return { orderId, agency: receiver, step: 'TRANSFER_RECEIVED', text, now };
      }),
    transferDecided: ({ orderId, agency, ...decided }, { tx, now }) =>
      take(tx, agency, (receiver) => {
        const step = decided.accepted ? 'TRANSFER_ACCEPTED' : 'TRANSFER_REFUSED';
        return { orderId, agency: receiver, step, text: decidedText(NAMES[receiver], decided), now };
      }),
  });
};
