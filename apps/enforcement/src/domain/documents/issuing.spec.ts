// Which documents an officer serves by hand: no document of a step, and none that is served on nobody or by exchange.
import { DOCUMENT_KINDS, type DocumentKind } from '../cases/case';
import { checkServeByHand } from './issuing';

/** Null: an officer serves it by hand. */
const REFUSED: Record<DocumentKind, string | null> = {
  ...{ NOTICE: 'document.served_by_step', DECISION: 'document.served_by_step', RECTIFICATION: null, RECOVERY: null, DEMAND: null },
  ...{ LIFTING: null, TRANSFER: 'document.not_servable', SERVICE_RECEIPT: 'document.not_servable', PUBLICITY: 'document.not_servable' },
};

it.each(DOCUMENT_KINDS)('the service of %s by hand', (kind) => {
  const serve = () => checkServeByHand(kind, false);
  const reason = REFUSED[kind];
  if (reason === null) expect(serve).not.toThrow();
  else expect(serve).toThrow(expect.objectContaining({ reason, detail: expect.objectContaining({ field: 'document_id' }) }));
});

it('serves the decision of an interim stop by hand, but not its transfer letter', () => {
  expect(() => checkServeByHand('DECISION', true)).not.toThrow();
  expect(() => checkServeByHand('TRANSFER', true)).toThrow(expect.objectContaining({ reason: 'document.not_servable' }));
});
