// What enforcement signed (the order, its liftings): its signature, and that it asks just what its measures demand. A decision
// is not taken at its word for what is to be done, or whoever holds enforcement's key could order everything and ask for nothing.
import { checkSignature, digestOf, type JsonValue, type Statement, type TrustedKey } from '@hengji/host';
import { demandedBy, DEMANDS, isDemanded, ownerOf, type Demand } from './demands';
import type { Findings } from './findings';
import { count, list, members, sha256Hex, text, time, truth, words, type Fields, type SignedText } from './shapes';

/** One row that a decision asks of a service. */
export interface AskedRow extends Demand {
  readonly undo: boolean;
  readonly epoch: string;
  readonly signedCount: bigint;
  /** Empty in undo rows, whose records are those that their row has worked on. */
  readonly signedRoot: string;
  readonly decidedAt: Date;
}

/** A decision that bears enforcement's signature. */
export interface DecisionText {
  /** Of the order: '0'; else the number of the lifting. */
  readonly lifting: string;
  readonly documentNo: string;
  readonly epoch: string;
  readonly institution: string;
  /** SHA-256 of the scope's canonical form, by which the services name it. */
  readonly scope: string;
  /** Orders only. */
  readonly institutionName: string;
  readonly measures: readonly string[];
  /** Whether nothing of the order is in force afterwards; false for orders. */
  readonly whole: boolean;
  readonly signedAt: Date;
  /** When this statement was signed: later than the decision where officers confirmed that records had moved. */
  readonly sealedAt: Date;
  readonly rows: readonly AskedRow[];
}

const DECISIONS: Readonly<Record<string, { readonly at: string; readonly name: string }>> = {
  'hengji.order.v1': { at: 'signedAt', name: '处理决定' },
  'hengji.lifting.v1': { at: 'liftedAt', name: '解除决定' },
};

const ROW = ['row', 'measure', 'service', 'effect', 'afterRow', 'undoesRow', 'signedCount', 'signedRoot'];

/** Money and people of the row as they were shown to who signed; not in what was signed before that was written. */
const ROW_ADDED = ['signedFen', 'signedPeople'];

const rowsOf = (statement: Fields, decidedAt: Date): AskedRow[] =>
  list(statement['rows'], 'rows').map((value, i) => {
    const row = members(value, `rows[${i}]`, ROW, ROW_ADDED);
    for (const name of ROW_ADDED) if (row[name] !== undefined) count(row[name], `rows[${i}].${name}`);
    const number = (name: string): string => String(count(row[name], `rows[${i}].${name}`));
    const undoesRow = number('undoesRow');
    const root = text(row['signedRoot'], `rows[${i}].signedRoot`);
    return {
      row: number('row'),
      measure: text(row['measure'], `rows[${i}].measure`),
      service: text(row['service'], `rows[${i}].service`),
      effect: text(row['effect'], `rows[${i}].effect`),
      afterRow: number('afterRow'),
      undoesRow,
      undo: undoesRow !== '0',
      epoch: String(count(statement['epoch'], 'epoch')),
      signedCount: count(row['signedCount'], `rows[${i}].signedCount`),
      signedRoot: root === '' ? '' : sha256Hex(root, `rows[${i}].signedRoot`),
      decidedAt,
    };
  });

const read = (statement: Fields & { readonly type: string }, at: string): DecisionText => {
  const isOrder = statement.type === 'hengji.order.v1';
  const signedAt = time(statement[at], at);
  const { sealedAt } = statement;
  const scope = members(statement['scope'], 'scope');
  return {
    lifting: isOrder ? '0' : String(count(statement['lifting'], 'lifting')),
    documentNo: text(statement['documentNo'], 'documentNo'),
    epoch: String(count(statement['epoch'], 'epoch')),
    institution: text(scope['institution'], 'scope.institution'),
    scope: digestOf(scope as JsonValue),
    institutionName: isOrder ? text(statement['institutionName'], 'institutionName') : '',
    measures: words(statement['measures'], 'measures'),
    whole: !isOrder && truth(statement['whole'], 'whole'),
    signedAt,
    // Decisions from before the time of sealing was written were sealed once, when they were signed.
    sealedAt: sealedAt === undefined ? signedAt : time(sealedAt, 'sealedAt'),
    rows: rowsOf(statement, signedAt),
  };
};

/** An order asks exactly what its measures demand; of a lifting alone is known only that it takes back what its services have. */
const asksWhatItMust = ({ lifting, measures, rows }: DecisionText): boolean =>
  measures.length > 0 &&
  measures.every((measure) => Object.hasOwn(DEMANDS, measure)) &&
  (lifting === '0'
    ? isDemanded(rows, demandedBy(measures))
    : rows.length > 0 && rows.every(({ undo, service, effect }) => undo && ownerOf(effect) === service));

/** Reads a decision of the order, checks enforcement's signature over it, and that it asks what its measures demand. */
export const checkDecision = (
  found: Findings,
  keys: readonly TrustedKey[],
  { statement, signature }: SignedText,
  { orderId, witnessedAt }: { readonly orderId: string; readonly witnessedAt?: Date },
): DecisionText | undefined => {
  const kind = DECISIONS[statement.type];
  if (!kind) {
    found.note('decision.type', false, `不认识的决定类型：${statement.type}`);
    return undefined;
  }
  const decision = read(statement, kind.at);
  const { sealedAt, signedAt } = decision;
  const name = `${kind.name} ${decision.documentNo}`;
  const isSigned = found.attempt('decision.signature', `${name} 由执法服务签名（${signature?.keyId ?? '无签名'}）`, () =>
    checkSignature(keys, statement as unknown as Statement, signature, { service: 'enforcement', signedAt: sealedAt, witnessedAt }),
  );
  const isSame = found.note(
    'decision.order',
    text(statement['orderId'], 'orderId') === orderId && sealedAt >= signedAt,
    `${name} 属于本处理决定`,
    `${name} 属于另一处理决定，或签封早于签发`,
  );
  const isWhole = found.note(
    'decision.rows',
    asksWhatItMust(decision),
    `${name} 所列${decision.rows.length}行与其处理措施所要求的一致`,
    `${name} 所列各行不是其处理措施所要求的`,
  );
  return isSigned && isSame && isWhole ? decision : undefined;
};
