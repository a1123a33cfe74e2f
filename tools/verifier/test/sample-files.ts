// A complete proof as the platform writes it, with separate keys: for the specs, and as an example of the file. The rows
// are written by hand, not taken from the table that checks them.
import { createHash } from 'node:crypto';
import { PARTICIPANTS } from '@hengji/contracts';
import { appendLeaves, EMPTY_FRONTIER, merkleRoot, siblingsOf } from '@hengji/domain-kit';
import { canonical, signer, type AlgorithmName, type JsonValue, type Keyring, type Statement } from '@hengji/host';

export const AT = (second: number): string => new Date(Date.UTC(2026, 10, 23, 2, 0, second)).toISOString();
const SERVICES = PARTICIPANTS;

/**
 * M2, M3 and the notices. M1 comes before them if the order also stops the institution; M4 and M5 follow if the order also
 * takes back.
 */
const MEASURES = ['CANCEL_RESULTS', 'VOID_CERTIFICATES'];
const STOP = 'STOP_EVALUATION';
const BACK = ['WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

/** Measure, service, effect, the effect that the row waits for, and the effect that its undo row waits for. */
const ROWS: readonly (readonly [string, string, string, (string | undefined)?, string?])[] = [
  [STOP, 'approval', 'HOLD_FILING'],
  [STOP, 'exam', 'HOLD_PLANS'],
  [STOP, 'certificate', 'HOLD_ISSUING', undefined, 'VOID_CERTIFICATES'],
  [STOP, 'subsidy', 'HOLD_PAYMENTS', undefined, 'OPEN_RECOVERIES'],
  ['CANCEL_RESULTS', 'exam', 'CANCEL_RESULTS'],
  ['VOID_CERTIFICATES', 'certificate', 'VOID_CERTIFICATES', undefined, 'CANCEL_RESULTS'],
  ['VOID_CERTIFICATES', 'approval', 'PUBLISH_NOTICE', 'VOID_CERTIFICATES', 'VOID_CERTIFICATES'],
  ['WITHDRAW_UPLOADS', 'exchange', 'WITHDRAW_UPLOADS', 'VOID_CERTIFICATES', 'VOID_CERTIFICATES'],
  ['RECOVER_SUBSIDIES', 'subsidy', 'OPEN_RECOVERIES', 'VOID_CERTIFICATES', 'VOID_CERTIFICATES'],
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

/** What a forger who has some of the keys would write instead. Each statement is altered before it is signed. */
export interface Forgery {
  readonly alter?: (statement: Statement) => Statement;
  readonly rows?: (rows: readonly SampleRow[]) => readonly SampleRow[];
  readonly record?: Readonly<Record<string, unknown>>;
  /** Which service's key signs the statement; by default the service that made it. */
  readonly signedBy?: (statement: Statement, service: string) => string;
  /** The order also stops the institution (M1). */
  readonly held?: boolean;
  /** The order also withdraws uploads and recovers subsidies (M4, M5). */
  readonly back?: boolean;
  /** The whole order was lifted. */
  readonly lifted?: boolean;
}

type Kind = Pick<Forgery, 'held' | 'back'>;

const rowsWith = ({ held, back }: Kind): typeof ROWS =>
  ROWS.filter(([measure]) => (held || measure !== STOP) && (back || !BACK.includes(measure)));

/** The number of the row with the effect; '0' if there is none. */
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

const measuresOf = ({ held, back }: Kind): string[] => [...(held ? [STOP] : []), ...MEASURES, ...(back ? BACK : [])];

const orderOf = (rows: readonly SampleRow[], kind: Kind) => ({
  ...{ type: 'hengji.order.v1', ...ORDER, epoch: '7' },
  scope: { institution: INSTITUTION.institution },
  ...{ institutionName: INSTITUTION.institutionName, measures: measuresOf(kind), signedAt: AT(0), sealedAt: AT(0) },
  rows: [...rows],
});

const liftingOf = (rows: readonly SampleRow[], kind: Kind) => ({
  ...{ type: 'hengji.lifting.v1', orderId: ORDER.orderId, lifting: '1', documentNo: '沈人社鉴解〔2026〕1号', epoch: '9' },
  scope: { institution: INSTITUTION.institution },
  ...{ measures: measuresOf(kind), whole: true, liftedAt: AT(10), sealedAt: AT(10), rows: [...rows] },
});

const receiptOf = ({ row, service, effect, undoesRow }: SampleRow) => {
  const undo = undoesRow !== '0';
  return {
    ...{ type: 'hengji.receipt.v1', orderId: ORDER.orderId, row, service, effect, undo, epoch: undo ? '9' : '7' },
    ...{ matched: '5', changed: '5', already: '0', left: '0', leaves: effect.startsWith('HOLD_') ? '1' : '5', fen: '0' },
    ...{ root: rootOver(LEAVES), startedAt: undo ? AT(11) : AT(2), finishedAt: undo ? AT(12) : AT(3) },
  };
};

/** SHA-256 of the canonical form. */
const digest = (value: JsonValue): string => hex(sha256(Buffer.from(canonical(value))));
const SCOPE = digest({ institution: INSTITUTION.institution });

const fenceOf = (service: string, held: boolean) => ({
  ...{ type: 'hengji.fence.v1', orderId: ORDER.orderId, service, epoch: '7', scope: SCOPE, standing: held },
  ...{ placedAt: AT(1), signedAt: AT(1) },
});

/** One count of the service for each decision that has rows for this service. */
const residualsOf = (service: string, rows: readonly SampleRow[]) =>
  [false, true].flatMap((undo) => {
    const own = rows.filter((row) => row.service === service && (row.undoesRow !== '0') === undo);
    const counted = own.map(({ row, effect, undoesRow }) => ({ row, effect, undo, undoesRow, count: '0' }));
    const question = { scope: SCOPE, rows: counted, lifted: [], suspended: false };
    const of = { type: 'hengji.residual.v1', orderId: ORDER.orderId, service };
    return own.length === 0 ? [] : [{ ...of, ...question, countedAt: undo ? AT(13) : AT(4) }];
  });

/** Five ids on two pages. Exchange and subsidy use the same certificate numbers, so one list serves both. */
const PAGES = [
  ['C-1', 'C-2', 'C-3'],
  ['C-4', 'C-5'],
];
const LISTS = [
  { from: 'exam', effect: 'CANCEL_RESULTS', against: [['CANCELLED_RESULT_VALID_CERTIFICATE', 'certificate']] },
  { from: 'certificate', effect: 'VOID_CERTIFICATES', against: [['VOID_CERTIFICATE_STANDING_RESULT', 'exam']] },
  {
    ...{ from: 'certificate', effect: 'VOID_CERTIFICATES', back: true },
    against: [
      ['VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY', 'subsidy'],
      ['VOID_CERTIFICATE_STANDING_UPLOAD', 'exchange'],
    ],
  },
] as const;

const crossChecksOf = (rows: readonly SampleRow[], back: boolean): Statement[] =>
  LISTS.filter((list) => back || !('back' in list)).flatMap(({ from, effect, against }) =>
    PAGES.flatMap((ids, i): Statement[] => {
      const page = { count: String(ids.length), sha256: digest(ids) };
      const of = { orderId: ORDER.orderId, row: rows.find((row) => row.effect === effect)?.row ?? '0' };
      const chain = { checks: against.map(([check]) => check), without: [], after: i === 0 ? '' : 'C-3', next: i === 0 ? 'C-3' : '' };
      return [
        { type: 'hengji.affected.v1', service: from, ...of, ...chain, ...page, listedAt: AT(5) },
        ...against.map(([check, service]) => ({
          ...{ type: 'hengji.contradictions.v1', orderId: ORDER.orderId, service, check },
          ...{ ...page, contradictions: '0', answeredAt: AT(5) },
        })),
      ];
    }),
  );

const completionOf = (lifted: boolean) => ({
  ...{ type: 'hengji.completion.v2', version: lifted ? '2' : '1', ...ORDER, ...INSTITUTION },
  ...{ outcome: lifted ? 'LIFTED' : 'COMPLETED', issuedAt: lifted ? AT(15) : AT(6) },
  times: {
    ...{ signed: AT(0), fenced: AT(1), issued: AT(1), public: AT(3), receipts: AT(3) },
    ...{ zero: lifted ? AT(13) : AT(4), completed: AT(5) },
  },
  liftings: lifted ? [{ lifting: '1', completedAt: AT(14) }] : [],
});

/** A forgery may change any of the parts before the part is signed. */
export const sampleFiles = (keys: Keyring, algorithm: AlgorithmName, forgery: Forgery = {}): SampleFiles => {
  const { alter = (same: Statement): Statement => same, rows: forgedRows = (same) => same, lifted = false, held = false } = forgery;
  const { signedBy = (_, service) => service } = forgery;
  [...SERVICES, 'enforcement'].forEach((service) => keys.make(service, algorithm, new Date(Date.UTC(2026, 0, 1))));
  const signed = (asIs: Statement, service: string) => {
    const statement = alter(asIs);
    const { value, ...signature } = signer({ keyFile: keys.keyFile(signedBy(statement, service)) }).sign(statement);
    return { statement, signature: { ...signature, value: hex(value) } };
  };
  const own = forgedRows(orderRows(rowsWith(forgery)));
  const undone = lifted ? undoRows(rowsWith(forgery)) : [];
  const order = signed(orderOf(own, forgery), 'enforcement');
  const liftings = lifted ? [signed(liftingOf(undone, forgery), 'enforcement')] : [];
  const rows = [...own, ...undone];
  const receipts = rows.map((row) => signed(receiptOf(row), row.service));
  const attested = {
    fences: SERVICES.map((service) => signed(fenceOf(service, held), service)),
    residual: SERVICES.flatMap((service) => residualsOf(service, rows).map((one) => signed(one, service))),
    crossChecks: crossChecksOf(own, forgery.back ?? false).map((one) => signed(one, String(one['service']))),
  };
  const completion = signed({ ...completionOf(lifted), decisions: [order, ...liftings], receipts, ...attested }, 'enforcement');
  const path = siblingsOf(3, 5).map(({ from, to }) => rootOver(LEAVES.slice(from, to)));
  const record = { id: 'C-4', before: 'ISSUED', after: 'VOID', index: '3', path, ...forgery.record };
  const receipt = receipts.find(({ statement }) => statement['effect'] === 'VOID_CERTIFICATES') ?? null;
  return {
    completion: canonical(completion),
    receipt: canonical(receipt),
    proof: canonical({ type: 'hengji.proof.v1', record, receipt, decision: order } as Parameters<typeof canonical>[0]),
  };
};
