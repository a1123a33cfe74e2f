export { toJson } from './json';
export type { Json } from './json';
export { noticeAt, noticeStatement } from './notice-statement';
export type { Notice } from './notice-statement';
export { packageStatement } from './package-statement';
export { RECEIPT_TYPE, receiptStatement } from './receipt-statement';
export type { ReceiptContent, ReceiptOf, ReceiptStatement } from './receipt-statement';
export { TOPICS } from './topics';
export type { Body, Envelope, EnvelopeCodec, Topic } from './topics';
