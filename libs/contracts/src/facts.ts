// What each event of each topic carries (house rule 21); services work as one chain by these facts (N3.7a). A fact has the fields that carry it; a hint has the reason why it is not a fact. A
// fact is enough to work from and to rebuild a copy from the beginning. A fact that names records by their ids gives the new state of
// records that the events under `of` have published in full. A new event in proto/ does not compile until it has a row here.
import { TOPICS, type Body, type Envelope, type Topic } from './topics';

/** One event: the fields that carry its fact, or the reason why it is only a hint. */
export type Told<V> =
  | {
      readonly fact: readonly (keyof V & string)[];
      /** The events that published the records that this event names by id; absent if this event contains its records itself. */
      readonly of?: string;
    }
  | { readonly hint: string };

type ToldBy<E extends Envelope> = { readonly [K in Body<E>['$case']]: Told<Extract<Body<E>, { $case: K }>['value']> };

const HOLD = 'the scope of the hold is the order’s, which enforcement.v1 tells when it is issued';
const CHASED = 'enforcement chases the row itself; the order stands as its other events say';

const FACTS = {
  approval: {
    institutionFiled: { fact: ['institution'] },
    filingHeld: { hint: HOLD },
    filingReleased: { hint: HOLD },
    filingRemoved: { fact: ['orderId'], of: 'institutionFiled' },
    filingReinstated: { fact: ['orderId'], of: 'institutionFiled' },
    noticePublished: { fact: ['notice'] },
    noticeWithdrawn: { fact: ['noticeId', 'orderId'], of: 'noticePublished' },
    rectificationShown: { fact: ['orderId', 'rectifyBy', 'documentNo'] },
    rectificationWithdrawn: { fact: ['orderId'], of: 'rectificationShown' },
  },
  exam: {
    planPublished: { fact: ['plan'] },
    sessionOpened: { fact: ['session'] },
    plansImported: { fact: ['plans', 'sessions'] },
    resultsRecorded: { fact: ['sessionId', 'resultIds', 'results', 'recordedBy'] },
    resultsPublished: { fact: ['sessionId', 'resultIds', 'results', 'publishedBy'] },
    resultsImported: { fact: ['count', 'results'] },
    plansHeld: { hint: HOLD },
    plansReleased: { hint: HOLD },
    resultsCancelled: { fact: ['orderId', 'resultIds'], of: 'resultsRecorded, resultsImported' },
    resultsRestored: { fact: ['orderId', 'resultIds', 'states'], of: 'resultsRecorded, resultsImported' },
    plansClosed: { fact: ['orderId', 'planIds'], of: 'planPublished, plansImported' },
    plansReopened: { fact: ['orderId', 'planIds', 'states'], of: 'planPublished, plansImported' },
  },
  certificate: {
    certificatesIssued: { fact: ['certificates'] },
    certificatesImported: { fact: ['certificates'] },
    certificatesVoided: { fact: ['orderId', 'documentNo', 'voidedAt', 'numbers'], of: 'certificatesIssued, certificatesImported' },
    certificatesReinstated: { fact: ['orderId', 'numbers'], of: 'certificatesIssued, certificatesImported' },
    issuingHeld: { hint: HOLD },
    issuingReleased: { hint: HOLD },
  },
  subsidy: {
    paymentsMade: { fact: ['paymentIds', 'fen', 'payments'] },
    paymentsImported: { fact: ['count', 'fen', 'payments'] },
    paymentsHeld: { hint: HOLD },
    paymentsReleased: { hint: HOLD },
    recoveriesOpened: { fact: ['orderId', 'paymentIds', 'fen', 'amounts', 'debtor'], of: 'paymentsMade, paymentsImported' },
    recoveriesRevoked: { fact: ['orderId', 'paymentIds', 'fen', 'amounts'], of: 'recoveriesOpened' },
    recoveriesTakenOver: { fact: ['fromOrderId', 'orderId', 'paymentIds'], of: 'recoveriesOpened' },
  },
  exchange: {
    uploadsAccepted: { fact: ['numbers'], of: 'certificate.v1' },
    uploadsWithdrawn: { fact: ['orderId', 'numbers'], of: 'certificate.v1' },
    uploadsRejected: { fact: ['numbers', 'codes'], of: 'certificate.v1' },
    uploadsRestored: { fact: ['orderId', 'numbers'], of: 'certificate.v1' },
    noticeAcknowledged: { fact: ['orderId', 'agency', 'receiptNo'] },
    transferReceived: { fact: ['orderId', 'row', 'agency', 'receiptNo', 'packageSha256'] },
    transferDecided: { fact: ['orderId', 'row', 'agency', 'accepted', 'decisionNo', 'reason'] },
  },
  enforcement: {
    orderIssued: {
      fact: ['orderId', 'documentNo', 'epoch', 'scope', 'measures', 'rows', 'signedAt', 'rectifyBy', 'package', 'seal'],
    },
    rowReleased: { fact: ['orderId', 'row', 'afterRoot', 'reconfirmed', 'signedCount', 'signedRoot', 'seal'], of: 'orderIssued' },
    orderLifted: {
      fact: ['orderId', 'epoch', 'scope', 'rows', 'liftedAt', 'reason', 'documentNo', 'lifting', 'partial', 'seal'],
    },
    orderCompleted: { fact: ['orderId', 'completedAt', 'lifted', 'lifting', 'partial', 'seal'], of: 'orderIssued' },
    rowOverdue: { hint: CHASED },
    orderReopened: { fact: ['orderId', 'reopenedAt', 'rows', 'seal'], of: 'orderIssued' },
    orderSuspended: { fact: ['orderId', 'suspendedAt', 'reason', 'completed', 'seal'], of: 'orderIssued' },
    orderResumed: { fact: ['orderId', 'resumedAt', 'seal'], of: 'orderIssued' },
    caseAdvanced: { hint: 'a case file stays with enforcement; nobody else keeps a copy of it' },
    deadlineNearing: { fact: ['deadline'] },
    deadlinePassed: { fact: ['deadline'] },
    decisionPublished: { fact: ['noticeId', 'number', 'orderId', 'text', 'publishedAt', 'publicUntil', 'pages', 'pdf', 'sha256'] },
    decisionListed: { fact: ['noticeId', 'page', 'entries'] },
    decisionWithdrawn: {
      fact: ['noticeId', 'number', 'institutionName', 'authority', 'withdrawnAt', 'reason', 'replacedBy', 'publicUntil'],
    },
  },
  reports: {
    rowReported: { fact: ['orderId', 'row', 'service', 'epoch', 'receipt'] },
    rowRefused: { fact: ['orderId', 'row', 'service', 'reason', 'detail'] },
    rowProgressed: { hint: 'how far a row has come; its receipt says what came of it' },
  },
} as const satisfies { readonly [T in keyof typeof TOPICS]: (typeof TOPICS)[T] extends Topic<infer E> ? ToldBy<E> : never };

/** An event of the table. */
export interface ToldEvent {
  readonly topic: string;
  readonly event: string;
  readonly told: Told<Readonly<Record<string, unknown>>>;
}

/** The rows of the table, in its order. */
export const TOLD_EVENTS: readonly ToldEvent[] = (Object.keys(FACTS) as (keyof typeof FACTS)[]).flatMap((topic) =>
  Object.entries<Told<Readonly<Record<string, unknown>>>>(FACTS[topic]).map(([event, told]) => ({
    topic: TOPICS[topic].name,
    event,
    told,
  })),
);
