// A whole proof as the platform writes it, with keys of its own: for the specs, and to see what a file looks like. The rows are
// written out, not taken from the table that they are checked against.
import { createHash } from 'node:crypto';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot, siblingsOf } from '@hengji/domain-kit';
import { canonical, signer, type AlgorithmName, type Keyring, type Statement } from '@hengji/host';

export const AT = (second: number): string => new Date(Date.UTC(2026, 10, 23, 2, 0, second)).toISOString();
const SERVICES = ['approval', 'exam', 'certificate', 'subsidy', 'exchange'];

/** M2, M3 and the notices; with M1 before them where the order also stops the institution. */
const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES'];
const STOP = 'STOP_EVALUATION';

/** Measure, service, effect, the effect waited for, and the one waited for when it is taken back. */
const ROWS: readonly (readonly [string, string, string, (string | undefined)?, string?])[] = [
  [STOP, 'approval', 'HOLD_FILING'],
  [STOP, 'exam', 'HOLD_PLANS'],
  [STOP, 'certificate', 'HOLD_ISSUING', undefined, 'VOID_CERTIFICATES'],
  [STOP, 'subsidy', 'HOLD_PAYMENTS'],
  ['CANCEL_RESULTS', 'exam', 'CANCEL_RESULTS'],
  ['VOID_CERTIFICATES', 'certificate', 'VOID_CERTIFICATES', undefined, 'CANCEL_RESULTS'],
  ['VOID_CERTIFICATES', 'approval', 'PUBLISH_NOTICE', 'VOID_CERTIFICATES', 'VOID_CERTIFICATES'],
  ['', 'exchange', 'NOTIFY_POLICE'],
  ['', 'exchange', 'NOTIFY_MARKET_REGULATOR'],
];

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export interface SampleFiles {
  readonly completion: string;
  readonly receipt: string;
  readonly proof: string;
}

export type SampleRow = {
  readonly row: string;
  readonly measure: string;
  readonly service: string;
  readonly effect: string;
  readonly afterRow: string;
  readonly undoesRow: string;
  readonly signedCount: string;
  readonly signedRoot: string;
};

/** What a forger with some of the keys would write instead. Each statement is altered before it is signed. */
export interface Forgery {
  readonly alter?: (statement: Statement) => Statement;
  readonly rows?: (rows: readonly SampleRow[]) => readonly SampleRow[];
  readonly record?: Readonly<Record<string, unknown>>;
  /** The order also stops the institution (M1). */
  readonly held?: boolean;
  /** The order was lifted, whole. */
  readonly lifted?: boolean;
}

const rowsWith = (held: boolean): typeof ROWS => ROWS.filter(([measure]) => held || measure !== STOP);

/** The number of the row with the effect; '0' where there is none. */
const numberOf = (rows: typeof ROWS, effect: string | undefined, before = 0): string => {
  const at = rows.findIndex((row) => row[2] === effect);
  return String(at < 0 ? 0 : before + at + 1);
};

const orderRows = (rows: typeof ROWS): SampleRow[] =>
  rows.map(([measure, service, effect, after], i) => ({
    ...{ row: String(i + 1), measure, service, effect, afterRow: numberOf(rows, after), undoesRow: '0' },
    ...{ signedCount: '5', signedRoot: 'ab'.repeat(32), signedFen: '1000', signedPeople: '5' },
  }));

const undoRows = (rows: typeof ROWS): SampleRow[] =>
  rows.map(([measure, service, effect, , undoAfter], i) => ({
    ...{ row: String(rows.length + i + 1), measure, service, effect, afterRow: numberOf(rows, undoAfter, rows.length) },
    ...{ undoesRow: String(i + 1), signedCount: '5', signedRoot: '' },
  }));

const LEAVES = ['C-1', 'C-2', 'C-3', 'C-4', 'C-5'].map((id) => Buffer.from(`${id}\tISSUED\tVOID`));
const rootOver = (leaves: readonly Buffer[]): string => hex(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, leaves)));

const ORDER = { orderId: 'o1', documentNo: '沈人社鉴处〔2026〕1号' };
const INSTITUTION = { institution: 'S000021010003', institutionName: '沈阳市某职业培训学校' };

const measuresOf = (held: boolean): string[] => (held ? [STOP, ...MEASURES] : MEASURES);

const orderOf = (rows: readonly SampleRow[], held: boolean) => ({
  ...{ type: 'hengji.order.v1', ...ORDER, epoch: '7' },
  scope: { institution: INSTITUTION.institution },
  ...{ institutionName: INSTITUTION.institutionName, measures: measuresOf(held), signedAt: AT(0), sealedAt: AT(0) },
  rows: [...rows],
});

const liftingOf = (rows: readonly SampleRow[], held: boolean) => ({
  ...{ type: 'hengji.lifting.v1', orderId: ORDER.orderId, lifting: '1', documentNo: '沈人社鉴解〔2026〕1号', epoch: '9' },
  scope: { institution: INSTITUTION.institution },
  ...{ measures: measuresOf(held), whole: true, liftedAt: AT(10), sealedAt: AT(10), rows: [...rows] },
});

const receiptOf = ({ row, service, effect, undoesRow }: SampleRow) => {
  const undo = undoesRow !== '0';
  return {
    ...{ type: 'hengji.receipt.v1', orderId: ORDER.orderId, row, service, effect, undo, epoch: undo ? '9' : '7' },
    ...{ matched: '5', changed: '5', already: '0', left: '0', leaves: effect.startsWith('HOLD_') ? '1' : '5', fen: '0' },
    ...{ root: rootOver(LEAVES), startedAt: undo ? AT(11) : AT(2), finishedAt: undo ? AT(12) : AT(3) },
  };
};

const CROSS_CHECKS = [
  { check: 'CANCELLED_RESULT_VALID_CERTIFICATE', from: 'exam', against: 'certificate' },
  { check: 'VOID_CERTIFICATE_STANDING_RESULT', from: 'certificate', against: 'exam' },
].map((check) => ({ ...check, checked: '5', contradictions: '0', at: AT(5) }));

const completionOf = (lifted: boolean, rows: readonly SampleRow[]) => ({
  ...{ type: 'hengji.completion.v1', version: lifted ? '2' : '1', ...ORDER, ...INSTITUTION },
  ...{ outcome: lifted ? 'LIFTED' : 'COMPLETED', issuedAt: lifted ? AT(15) : AT(6) },
  times: {
    ...{ signed: AT(0), fenced: AT(1), issued: AT(1), public: AT(3), receipts: AT(3) },
    ...{ zero: lifted ? AT(14) : AT(5), completed: AT(5) },
  },
  fences: SERVICES.map((service) => ({ service, placedAt: AT(1) })),
  residual: rows.map(({ row, undoesRow }) => ({ row, count: '0', at: undoesRow === '0' ? AT(5) : AT(14) })),
  crossChecks: lifted ? [] : CROSS_CHECKS,
  liftings: lifted ? [{ lifting: '1', completedAt: AT(14) }] : [],
});

/** Any of the parts may be forged before it is signed. */
export const sampleFiles = (keys: Keyring, algorithm: AlgorithmName, forgery: Forgery = {}): SampleFiles => {
  const { alter = (same: Statement): Statement => same, rows: forgedRows = (same) => same, lifted = false, held = false } = forgery;
  [...SERVICES, 'enforcement'].forEach((service) => keys.make(service, algorithm, new Date(Date.UTC(2026, 0, 1))));
  const signed = (asIs: Statement, service: string) => {
    const statement = alter(asIs);
    const { value, ...signature } = signer({ keyFile: keys.keyFile(service) }).sign(statement);
    return { statement, signature: { ...signature, value: hex(value) } };
  };
  const own = forgedRows(orderRows(rowsWith(held)));
  const undone = lifted ? undoRows(rowsWith(held)) : [];
  const order = signed(orderOf(own, held), 'enforcement');
  const liftings = lifted ? [signed(liftingOf(undone, held), 'enforcement')] : [];
  const rows = [...own, ...undone];
  const receipts = rows.map((row) => signed(receiptOf(row), row.service));
  const completion = signed({ ...completionOf(lifted, rows), decisions: [order, ...liftings], receipts }, 'enforcement');
  const path = siblingsOf(3, 5).map(({ from, to }) => rootOver(LEAVES.slice(from, to)));
  const record = { id: 'C-4', before: 'ISSUED', after: 'VOID', index: '3', path, ...forgery.record };
  const receipt = receipts.find(({ statement }) => statement['effect'] === 'VOID_CERTIFICATES') ?? null;
  return {
    completion: canonical(completion),
    receipt: canonical(receipt),
    proof: canonical({ type: 'hengji.proof.v1', record, receipt, decision: order } as Parameters<typeof canonical>[0]),
  };
};
