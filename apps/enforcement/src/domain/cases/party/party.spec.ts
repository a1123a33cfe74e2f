import { DRAFT, inState, INTERIM, PARTY, take, TRANSFER, HANDLER } from '../../../../test/cases';
import type { OrderOfCase } from '../case';
import { checkMaySeeCase, documentsForParty, entriesForParty, isKnownToParty, ordersForParty } from './party';

const issued = (order: OrderOfCase): OrderOfCase => ({ ...order, state: 'EXECUTING' });

it.each<[string, OrderOfCase[], boolean]>([
  ['nothing', [], false],
  ['a draft', [DRAFT], false],
  ['a transfer', [issued(TRANSFER)], false],
  ['an interim stop that is signed, not issued', [{ ...INTERIM, state: 'SIGNED' }], false],
  ['an interim stop', [issued(INTERIM)], true],
])('the institution may read its case after a notice or a stop; by %s: %s', (_, orders, isKnown) => {
  const theCase = inState('FOUNDED');
  expect(isKnownToParty(theCase, orders)).toBe(isKnown);
  expect(isKnownToParty(take(theCase, 'SERVE_NOTICE', HANDLER), orders)).toBe(true);
  if (isKnown) expect(() => checkMaySeeCase(PARTY, theCase, orders)).not.toThrow();
  else expect(() => checkMaySeeCase(PARTY, theCase, orders)).toThrow(expect.objectContaining({ reason: 'case.out_of_territory' }));
});

it('reads no signature of a transfer, and no draft', () => {
  const orders = [DRAFT, issued(INTERIM), issued(TRANSFER)];
  expect(ordersForParty(orders).map(({ id }) => id)).toEqual([INTERIM.id]);
  const signed = (text: string) => ({ step: 'EXECUTE' as const, text, orderId: text });
  const notice = { step: 'SERVE_NOTICE' as const, text: '', orderId: DRAFT.id };
  expect(entriesForParty([notice, signed(INTERIM.id), signed(TRANSFER.id)], orders)).toEqual([
    { ...notice, orderId: '' },
    signed(INTERIM.id),
  ]);
});

it('reads no document of a transfer, nor the proof of its service', () => {
  const paper = (documentId: string, kind: 'NOTICE' | 'TRANSFER' | 'SERVICE_RECEIPT' | 'LIFTING', receipt = '', orderId = '') => ({
    ...{ documentId, kind, orderId },
    services: receipt === '' ? [] : [{ receiptDocumentId: receipt }],
  });
  const papers = [
    paper('n', 'NOTICE', 'rn'),
    paper('rn', 'SERVICE_RECEIPT'),
    paper('t', 'TRANSFER', 'rt'),
    paper('rt', 'SERVICE_RECEIPT'),
    paper('l', 'LIFTING', '', TRANSFER.id),
  ];
  expect(documentsForParty(papers, [TRANSFER]).map(({ documentId }) => documentId)).toEqual(['n', 'rn']);
});
