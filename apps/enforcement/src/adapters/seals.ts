// Enforcement's own signature over the decisions of its officers: at the signature of an order, at each lifting, and at the
// confirmation of a drift. Only the change that decides makes a seal. Data that another writer changes in the database later
// has no seal, and fails its check.
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

/** The order after a decision, with a seal for each decision that was signed; a transfer's package was closed in the same `tx`. */
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
