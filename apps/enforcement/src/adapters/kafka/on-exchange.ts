// What exchange hears from other agencies about a transfer: they signed for the package, they filed the case or returned it.
import { TOPICS } from '@hengji/contracts';
import type { Agency } from '@hengji/contracts/exchange/v1/exchange';
import type { ExchangeEvent } from '@hengji/contracts/exchange/v1/exchange_events';
import { subscribe, type TopicSubscription } from '@hengji/messaging';
import type { TransferHeard } from '../../application/cases/hear-transfer';
import type { Tx } from '../store/database';

const NAMES = { POLICE: '公安机关', DISCIPLINE: '纪检监察机关' } as const;

const receiverOf = (agency: Agency): keyof typeof NAMES => {
  if (agency === 'POLICE' || agency === 'DISCIPLINE') return agency;
  throw new Error(`a transfer was answered by ${agency}`);
};

const decidedText = (name: string, { accepted, decisionNo, reason }: { accepted: boolean; decisionNo: string; reason: string }): string =>
  `${name}${accepted ? '立案' : '不予立案'}，${decisionNo}${reason === '' ? '' : `：${reason}`}`;

/** One line per event of the topic. */
export const onExchange = (hear: (tx: Tx, heard: TransferHeard) => Promise<void>): TopicSubscription<Tx> =>
  subscribe<ExchangeEvent, Tx>(TOPICS.exchange, {
    uploadsAccepted: 'ignored',
    uploadsWithdrawn: 'ignored',
    uploadsRejected: 'ignored',
    uploadsRestored: 'ignored',
    noticeAcknowledged: 'ignored',
    transferReceived: ({ orderId, agency, receiptNo, packageSha256 }, { tx, now }) => {
      const receiver = receiverOf(agency);
      const text = `${NAMES[receiver]}签收，回执${receiptNo}，材料清单SHA-256 ${packageSha256.toString('hex')}`;
      return hear(tx, { orderId, agency: receiver, step: 'TRANSFER_RECEIVED', text, now });
    },
    transferDecided: ({ orderId, agency, ...decided }, { tx, now }) => {
      const receiver = receiverOf(agency);
      const step = decided.accepted ? 'TRANSFER_ACCEPTED' : 'TRANSFER_REFUSED';
      return hear(tx, { orderId, agency: receiver, step, text: decidedText(NAMES[receiver], decided), now });
    },
  });
