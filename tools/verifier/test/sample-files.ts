// A whole proof as the platform writes it, with keys of its own: for the specs, and to see what a file looks like.
import { createHash } from 'node:crypto';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot, siblingsOf } from '@hengji/domain-kit';
import { canonical, signer, type AlgorithmName, type Keyring, type Statement } from '@hengji/host';

const AT = (second: number): string => new Date(Date.UTC(2026, 10, 23, 2, 0, second)).toISOString();
const SERVICES = ['approval', 'exam', 'certificate', 'subsidy', 'exchange'];
const EFFECTS = ['PUBLISH_NOTICE', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'OPEN_RECOVERIES', 'WITHDRAW_UPLOADS'];

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export interface SampleFiles {
  readonly completion: string;
  readonly receipt: string;
  readonly proof: string;
}

/** Any of the parts may be replaced before it is signed: `alter` sees each statement by its type. */
export const sampleFiles = (
  keys: Keyring,
  algorithm: AlgorithmName,
  alter: (statement: Statement) => Statement = (same) => same,
): SampleFiles => {
  [...SERVICES, 'enforcement'].forEach((service) => keys.make(service, algorithm, new Date(Date.UTC(2026, 0, 1))));
  const signed = (service: string, asIs: Statement) => {
    const statement = alter(asIs);
    const { value, ...signature } = signer({ keyFile: keys.keyFile(service) }).sign(statement);
    return { statement, signature: { ...signature, value: hex(value) } };
  };
  const leaves = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5'].map((id) => Buffer.from(`${id}\tISSUED\tVOID`));
  const root = hex(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, leaves)));
  const rows = SERVICES.map((service, i) => ({
    row: String(i + 1),
    measure: '',
    service,
    effect: EFFECTS[i] ?? '',
    afterRow: '0',
    undoesRow: '0',
    signedCount: '5',
    signedRoot: 'ab'.repeat(32),
  }));
  const order = signed('enforcement', {
    type: 'hengji.order.v1',
    orderId: 'o1',
    documentNo: '沈人社鉴处〔2026〕1号',
    epoch: '7',
    scope: { institution: 'S000021010003' },
    signedAt: AT(0),
    rows,
  });
  const receipts = rows.map(({ row, service, effect }) =>
    signed(service, {
      type: 'hengji.receipt.v1',
      orderId: 'o1',
      row,
      service,
      effect,
      undo: false,
      epoch: '7',
      matched: '5',
      changed: '5',
      already: '0',
      left: '0',
      leaves: '5',
      fen: '0',
      root,
      startedAt: AT(2),
      finishedAt: AT(3),
    }),
  );
  const completion = signed('enforcement', {
    type: 'hengji.completion.v1',
    version: '1',
    orderId: 'o1',
    documentNo: '沈人社鉴处〔2026〕1号',
    institution: 'S000021010003',
    issuedAt: AT(6),
    times: { signed: AT(0), fenced: AT(1), issued: AT(1), public: AT(3), receipts: AT(3), zero: AT(5), completed: AT(6) },
    decisions: [order],
    fences: SERVICES.map((service) => ({ service, placedAt: AT(1) })),
    receipts,
    residual: rows.map(({ row }) => ({ row, count: '0', at: AT(5) })),
    crossChecks: [{ check: 'A', from: 'exam', against: 'certificate', checked: '5', contradictions: '0', at: AT(5) }],
    liftings: [],
  });
  const path = siblingsOf(3, 5).map(({ from, to }) =>
    hex(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, leaves.slice(from, to)))),
  );
  const record = { id: 'C-4', before: 'ISSUED', after: 'VOID', index: '3', path };
  return {
    completion: canonical(completion),
    receipt: canonical(receipts[2] ?? null),
    proof: canonical({ type: 'hengji.proof.v1', record, receipt: receipts[2] ?? null, decision: order }),
  };
};
