// The evidence of a row. The service's key seals it when the row is done, and every later count compares it with the seal. A row that runs
// again is sealed anew only if its evidence still matched the previous seal. Otherwise the new seal would confirm altered evidence.
import { standingOf, type Signature, type Signer, type Verifier } from '@hengji/host';
import { RowReported } from '@hengji/contracts/enforcement/v1/report_events';
import { OrderIssued } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { receiptStatement } from '@hengji/contracts';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import { findRow, type AskedRow, type RowKey } from '../order-rows';
import type { Effect, ParticipantName } from '../types';
import {
  contentOf,
  evidenceStatement,
  hexOf,
  textOf,
  type EvidenceContent,
  type EvidenceOf,
  type EvidenceStatement,
  type Writers,
} from './evidence-statement';
import { untouchedOf, writersOf } from './writers';

export interface Sealing {
  readonly service: ParticipantName;
  readonly signer: Signer;
}

export interface Comparing {
  readonly service: ParticipantName;
  readonly verifier: Verifier;
}

interface Kept extends Signature {
  readonly statement: string;
  readonly version: number;
}

/** What fails in a row's evidence, in words, and whether there was anything to compare. */
export interface Compared {
  readonly altered: readonly string[];
  readonly comparable: boolean;
  /** The transactions that had written the records when the row was sealed. */
  readonly writers?: Writers;
  /** Nobody has written to any record since: no record needs to be compared. */
  readonly untouched?: boolean;
}

/** All seals of the row, oldest first; the last one counts. */
const keptOf = async (tx: SqlTx, { orderId, row }: RowKey): Promise<Kept[]> => {
  const kept = await rowsOf<Omit<Kept, 'value'> & { signature: Uint8Array }>(
    tx,
    sql`SELECT statement, version, key_id AS "keyId", algorithm, signature FROM messaging.row_evidence
     WHERE order_id = ${orderId} AND "row" = ${row}::int ORDER BY version`,
  );
  return kept.map(({ signature, ...rest }) => ({ ...rest, value: signature }));
};

const ofRow = (service: ParticipantName, { orderId, row }: RowKey, { effect, ask }: AskedRow): EvidenceOf => ({
  ...{ orderId, row, service, effect },
  undo: ask.undo,
});

const askedDigests = ({ ask, order }: AskedRow) => ({
  announced: hexOf(OrderIssued.encode(order).finish()),
  ask: hexOf(RowAsk.encode(ask).finish()),
});

const NOTHING: EvidenceContent = { count: 0, root: '', lines: [] };

const linesOf = async <Tx extends SqlTx>(tx: Tx, effect: Effect<Tx>, { orderId, row }: RowKey, undo: boolean): Promise<EvidenceContent> => {
  const lines = effect.evidence?.lines(orderId, undo, row);
  return lines === undefined ? NOTHING : contentOf(tx, lines);
};

/** Seals the current evidence of the row as the next version. */
export const sealEvidence = async <Tx extends SqlTx>(
  tx: Tx,
  { service, signer }: Sealing,
  effect: Effect<Tx>,
  { key, now }: { readonly key: RowKey; readonly now: Date },
): Promise<void> => {
  const asked = await findRow(tx, key);
  if (!asked) return;
  const content = await linesOf(tx, effect, key, asked.ask.undo);
  const writers = await writersOf(tx, asked.ask.undo ? undefined : effect.evidence?.written?.(key.orderId));
  // The caller's row locks prevent two seals with the same number.
  const version = ((await keptOf(tx, key)).at(-1)?.version ?? 0) + 1;
  const statement = evidenceStatement(ofRow(service, key, asked), content, { ...askedDigests(asked), version, sealedAt: now, writers });
  const { keyId, algorithm, value } = signer.sign(statement);
  await execute(
    tx,
    sql`INSERT INTO messaging.row_evidence (order_id, "row", version, statement, key_id, algorithm, signature)
     VALUES (${key.orderId}, ${key.row}::int, ${version}::int, ${textOf(statement)}, ${keyId}, ${algorithm}, ${Buffer.from(value)})`,
  );
};

const read = (text: string): EvidenceStatement | undefined => {
  try {
    return JSON.parse(text) as EvidenceStatement;
  } catch {
    return undefined;
  }
};

const columnsOf = (line: string): Readonly<Record<string, unknown>> => {
  const parsed: unknown = line.startsWith('{') ? JSON.parse(line) : { 执行明细: line };
  return parsed as Readonly<Record<string, unknown>>;
};

const columnsAltered = (was: string, is: string): string => {
  const [before, after] = [columnsOf(was), columnsOf(is)];
  return Object.keys(before)
    .filter((name) => before[name] !== after[name])
    .join('、');
};

/** Which of the few records in the statement differs, and in which column. */
const recordsAltered = (statement: EvidenceStatement, content: EvidenceContent): string[] =>
  statement.records.flatMap(({ id, line }) => {
    const now = content.lines.find((one) => one.id === id);
    if (!now) return [`${id}：执行明细已被删除`];
    return now.line === line ? [] : [`${id}：${columnsAltered(line, now.line)} 与执行时不符`];
  });

const contentAltered = (statement: EvidenceStatement, content: EvidenceContent): string[] => {
  // Undo rows from before the evidence of restored records was kept have none.
  if (statement.root === content.root || statement.root === NOTHING.root) return [];
  const named = recordsAltered(statement, content);
  if (named.length > 0) return named;
  return [`第${statement.row}行（${statement.effect}）的执行明细与签封不符：签封时${statement.count}条，现有${content.count}条`];
};

const keptAltered = async <Tx extends SqlTx>(
  tx: Tx,
  effect: Effect<Tx>,
  statement: EvidenceStatement,
  { ask }: AskedRow,
): Promise<{ readonly altered: string[]; readonly untouched: boolean }> => {
  const { orderId } = statement;
  const { kept, all } = await untouchedOf(tx, ask.undo ? undefined : effect.evidence?.written?.(orderId), statement);
  return { altered: kept ? [] : contentAltered(statement, await linesOf(tx, effect, { orderId, row: ask.row }, ask.undo)), untouched: all };
};

const receiptAltered = ({ verifier, service }: Comparing, key: RowKey, { receipt, effect, ask }: AskedRow): string[] => {
  const altered = [`order_row.receipt：第${key.row}行的回执已被删除或改动`];
  if (!receipt) return altered;
  const { receipt: signed, epoch } = RowReported.decode(receipt);
  if (!signed) return altered;
  const statement = receiptStatement({ ...key, service, effect, undo: ask.undo, epoch }, signed);
  const at = signed.finishedAt ?? new Date(0);
  return standingOf(() => verifier.checkStored(statement, signed.signature, { service, signedAt: at })) === 'forged' ? altered : [];
};

const askAltered = (statement: EvidenceStatement, asked: AskedRow): string[] => {
  const now = askedDigests(asked);
  return (['announced', 'ask'] as const).flatMap((name) =>
    now[name] === statement[name] ? [] : [`order_row.${name}：第${statement.row}行所执行的决定与签封时不符`],
  );
};

interface Seal {
  readonly statement: EvidenceStatement;
  readonly standing: 'good' | 'ended';
}

/**
 * The last seal of the row, if every seal belongs to the row, is signed, and is in sequence. No seal is missing before it, and none states
 * another version. Seals from before the version was signed may only precede those that state it, and no two seals are the same.
 */
const lastSeal = ({ verifier, service }: Comparing, key: RowKey, kept: readonly Kept[]): Seal | undefined => {
  const seals = kept.map((one, i): Seal | 'forged' => {
    const statement = read(one.statement);
    if (statement?.orderId !== key.orderId || statement.row !== String(key.row) || one.version !== i + 1) return 'forged';
    const isSaid = statement.version !== undefined;
    const isReplayed = kept
      .slice(0, i)
      .some((before) => before.statement === one.statement || (!isSaid && read(before.statement)?.version));
    if (isReplayed || (isSaid && statement.version !== String(one.version))) return 'forged';
    const standing = standingOf(() => verifier.checkStored(statement, one, { service, signedAt: new Date(statement.sealedAt) }));
    return standing === 'forged' ? standing : { statement, standing };
  });
  const last = seals.at(-1);
  return last === undefined || last === 'forged' || seals.includes('forged') ? undefined : last;
};

/** The seal with its row; without a seal, the meaning of its absence. */
const sealOf = async <Tx extends SqlTx>(
  tx: Tx,
  by: Comparing,
  effect: Effect<Tx>,
  key: RowKey,
): Promise<{ readonly asked: AskedRow; readonly statement: EvidenceStatement } | Compared> => {
  const [asked, kept] = [await findRow(tx, key), await keptOf(tx, key)];
  if (!asked) return { altered: kept.length > 0 ? [`order_row：第${key.row}行已被删除`] : [], comparable: kept.length > 0 };
  if (kept.length === 0) {
    const isKept = asked.ask.undo
      ? (await linesOf(tx, effect, key, true)).count > 0
      : ((await effect.evidence?.isKept?.(tx, key.orderId)) ?? false);
    return { altered: isKept ? [`row_evidence：第${key.row}行的签封已被删除`] : [], comparable: false };
  }
  const seal = lastSeal(by, key, kept);
  if (!seal) return { altered: [`row_evidence：第${key.row}行的签封不成立，或不是最后一次所签`], comparable: true };
  // A key that has ended serves as well for the comparison: only that key has signed the seal.
  return { asked, statement: seal.statement };
};

/** Whether the row was sealed as a row of this effect. */
export const isSealedAs = async (
  tx: SqlTx,
  { name, undo, ...key }: RowKey & { readonly name: string; readonly undo: boolean },
): Promise<boolean> => {
  const statement = read((await keptOf(tx, key)).at(-1)?.statement ?? '');
  return statement?.effect === name && statement.undo === undo;
};

/** Compares all stored evidence of a finished row with its seal. */
export const compareEvidence = async <Tx extends SqlTx>(tx: Tx, by: Comparing, effect: Effect<Tx>, key: RowKey): Promise<Compared> => {
  const seal = await sealOf(tx, by, effect, key);
  if ('altered' in seal) return seal;
  const { asked, statement } = seal;
  const kept = await keptAltered(tx, effect, statement, asked);
  const altered = [...askAltered(statement, asked), ...kept.altered, ...receiptAltered(by, key, asked)];
  return { altered, comparable: true, writers: statement.writers, untouched: kept.untouched };
};

/** For a row that is started again: whether its sealed evidence or the seal itself is altered. */
export const isEvidenceAltered = async <Tx extends SqlTx>(tx: Tx, by: Comparing, effect: Effect<Tx>, key: RowKey): Promise<boolean> => {
  const seal = await sealOf(tx, by, effect, key);
  if ('altered' in seal) return seal.altered.length > 0;
  return (await keptAltered(tx, effect, seal.statement, seal.asked)).altered.length > 0;
};
