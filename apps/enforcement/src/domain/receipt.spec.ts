import { NOW, receipt } from '../../test/orders';
import { askFirst, getRow, openRows, record } from './ledger';

const asked = getRow(askFirst(openRows(['CANCEL_RESULTS']), NOW), 1);
const reporting = (fen: bigint) =>
  record(asked, { kind: 'reported', row: 1, service: 'exam', epoch: 7n, receipt: { ...receipt(3, 1), fen } });

describe('a receipt', () => {
  it('may touch no money', () => expect(reporting(0n)).toMatchObject({ state: 'DONE' }));

  it('never touches negative money', () =>
    expect(() => reporting(-1n)).toThrow(
      expect.objectContaining({ kind: 'invalid', reason: 'report.receipt_invalid', detail: { field: 'receipt.fen' } }),
    ));
});
