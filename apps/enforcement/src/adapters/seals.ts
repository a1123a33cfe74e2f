// Enforcement's own signature under what its officers decide: once when an order is signed, once per lifting, and again when
// officers confirm that the records have moved. The seal is made in the very change that decides, and by nothing else: what
// is merely found otherwise in the database later is not signed, and fails its check.
import { canonical, type Signer, type Statement } from '@hengji/host';
import { isTransfer } from '../domain/cascade';
import { sameBytes, type Row } from '../domain/ledger';
import type { Order } from '../domain/order';
import type { Seal } from '../domain/proof';
import { liftingStatement, orderStatement } from './statements';
import { packageOnWire } from './store/cases/package-store';
import type { Tx } from './store/database';

const isBoundAlike = (a: Row, b: Row): boolean =>
  a.signedCount === b.signedCount && sameBytes(a.preview?.root ?? new Uint8Array(), b.preview?.root ?? new Uint8Array());

const isSignedAnew = (before: Order, next: Order): boolean => {
  if (!next.signature) return false;
  if (!before.signature) return true;
  return next.rows.some((row) => {
    const earlier = before.rows.find(({ number }) => number === row.number);
    return row.lifting === 0 && earlier !== undefined && !isBoundAlike(earlier, row);
  });
};

/** The order after a decision, with a seal for whatever that decision signed; a transfer's package was closed in the same `tx`. */
export const sealing =
  (signer: Signer) =>
  async (tx: Tx, before: Order, next: Order, sealedAt: Date): Promise<Order> => {
    const seal = (statement: Statement): Seal => ({ statement: canonical(statement), ...signer.sign(statement) });
    const lifted = next.liftings.filter(({ number }) => !before.liftings.some((known) => known.number === number));
    const isSigned = isSignedAnew(before, next);
    const items = isSigned && isTransfer(next.measures) ? await packageOnWire(tx, next.id) : [];
    const statements = [
      ...(isSigned ? [orderStatement(next, sealedAt, items)] : []),
      ...lifted.map((lifting) => liftingStatement(next, lifting, sealedAt)),
    ];
    return statements.length === 0 ? next : { ...next, seals: [...next.seals, ...statements.map(seal)] };
  };
