// What is left (残留): after the last receipt each service has counted by another way than it worked, and has signed what it was asked
// and what it found. A count is taken only for the very rows, scope and lifted parts of the decision that is certified.
import {
  checkAttested,
  keyOf,
  liftedBy,
  readAttested,
  same,
  type AttestedKind,
  type AttestedText,
  type DecidedBy,
  type Inside,
} from './attested';
import type { AskedRow, DecisionText } from './decisions';
import type { ReceiptText } from './receipts';
import { count, list, members, sha256Hex, signedText, text, truth } from './shapes';

const KIND: AttestedKind = {
  type: 'hengji.residual.v1',
  members: ['scope', 'rows', 'lifted', 'suspended', 'countedAt'],
  at: 'countedAt',
};

export interface Counted {
  readonly row: string;
  readonly count: bigint;
  readonly at: Date;
}

type CountedRow = Pick<AskedRow, 'row' | 'effect' | 'undo' | 'undoesRow'> & { readonly count: bigint };

const rowsOf = ({ fields }: AttestedText, path: string): CountedRow[] =>
  list(fields['rows'], `${path}.rows`).map((one, i) => {
    const at = `${path}.rows[${i}]`;
    const row = members(one, at, ['row', 'effect', 'undo', 'undoesRow', 'count']);
    const number = (name: string): string => String(count(row[name], `${at}.${name}`));
    return {
      ...{ row: number('row'), undoesRow: number('undoesRow'), count: count(row['count'], `${at}.count`) },
      ...{ effect: text(row['effect'], `${at}.effect`), undo: truth(row['undo'], `${at}.undo`) },
    };
  });

const liftedOf = ({ fields }: AttestedText, path: string) =>
  list(fields['lifted'], `${path}.lifted`).map((one, i) => {
    const part = members(one, `${path}.lifted[${i}]`, ['scope', 'rows']);
    const rows = list(part['rows'], `${path}.lifted[${i}].rows`).map((row) => String(count(row, 'row')));
    return { scope: sha256Hex(part['scope'], `${path}.lifted[${i}].scope`), rows };
  });

/** The decision of which all these rows are, each as that decision asks it of the service. */
const decisionOf = ({ order, liftings }: DecidedBy, service: string, rows: readonly CountedRow[]): DecisionText | undefined =>
  [...(order ? [order] : []), ...liftings].find(
    (decision) =>
      rows.length > 0 &&
      rows.every(({ row, effect, undo, undoesRow }) =>
        decision.rows.some(
          (asked) =>
            asked.row === row &&
            asked.service === service &&
            asked.effect === effect &&
            asked.undo === undo &&
            asked.undoesRow === undoesRow,
        ),
      ),
  );

interface Question {
  readonly scope: string;
  readonly lifted: ReturnType<typeof liftedOf>;
  readonly suspended: boolean;
}

/**
 * Whether just that was asked which the decision demands. What a lifting restores is narrowed by nothing; of the order itself may be left
 * out what was lifted by then, and it is not counted while a court stays it: its holds may be paused then.
 */
const isWhole = (decision: DecisionText, { scope, lifted, suspended }: Question, may: ReturnType<typeof liftedBy>): boolean =>
  scope === decision.scope && (decision.lifting === '0' ? !suspended && may.some((parts) => same(parts, lifted)) : lifted.length === 0);

const checkCount = (inside: Inside, decided: DecidedBy, value: unknown, path: string): (Counted & { service: string })[] => {
  const { found, orderId } = inside;
  const counted = readAttested(signedText(value, path), KIND, path);
  const { fields, service, at } = counted;
  const rows = rowsOf(counted, path);
  const name = `${service} 对第${rows.map(({ row }) => row).join('、')}行的清点`;
  const isSigned = found.attempt('residual.signature', `${name}由其签名（${keyOf(counted)}）`, () => checkAttested(inside, counted));
  const decision = decisionOf(decided, service, rows);
  const question = {
    scope: sha256Hex(fields['scope'], `${path}.scope`),
    lifted: liftedOf(counted, path),
    suspended: truth(fields['suspended'], `${path}.suspended`),
  };
  const isAnswer = found.note(
    'residual.answers',
    fields['type'] === KIND.type &&
      fields['orderId'] === orderId &&
      decision !== undefined &&
      isWhole(decision, question, liftedBy(decided.liftings, at)),
    `${name}所问正是决定的各行与全部范围`,
    `${name}不是对本决定各行、全部范围的清点`,
  );
  return isSigned && isAnswer ? rows.map((row) => ({ row: row.row, count: row.count, at, service })) : [];
};

/** A service says nothing of what it did after it had counted; both times are of its own clock. */
const isAfter = (receipts: readonly ReceiptText[], { row, at, service }: Counted & { readonly service: string }): boolean =>
  receipts.every((receipt) => receipt.service !== service || receipt.row !== row || at >= receipt.finishedAt);

export const checkResidual = (
  inside: Inside,
  decided: DecidedBy & { readonly rows: readonly AskedRow[] },
  receipts: readonly ReceiptText[],
): Counted[] => {
  const { found, statement } = inside;
  const given = list(statement['residual'], 'residual');
  const counted = given.flatMap((one, i) => checkCount(inside, decided, one, `residual[${i}]`));
  const early = counted.filter((one) => !isAfter(receipts, one)).map(({ row }) => row);
  found.note('residual.after', early.length === 0, '各行均在其回执之后清点', `下列行的清点早于该行的回执：${early.join('、')}`);
  const left = decided.rows
    .filter(({ row }) => counted.filter((one) => one.row === row).length !== 1 || counted.some((one) => one.row === row && one.count > 0n))
    .map(({ row }) => row);
  const isZero = decided.rows.length > 0 && left.length === 0 && counted.length === decided.rows.length;
  found.note('residual.zero', isZero, '各行另行清点，残留均为零', `下列行未见唯一的、残留为零的清点：${left.join('、')}`);
  return counted;
};
