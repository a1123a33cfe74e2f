// The count of one row as the service reports it to enforcement. It includes the records that are not in the demanded state, and the row's
// evidence that differs from its seal. Each of the two keeps the order open and has its own wording.
import type { RowResidual } from '@hengji/contracts/enforcement/v1/participant_service';
import type { Verifier } from '@hengji/host';
import type { SqlTx } from '@hengji/messaging';
import sql from 'sql-template-tag';
import type { Writers } from '../evidence/evidence-statement';
import { holdAltered } from '../evidence/hold-evidence';
import { compareEvidence, isSealedAs, type Compared } from '../evidence/row-evidence';
import { writtenBySql } from '../evidence/writers';
import { contextOf, findRow, type AskedRow } from '../order-rows';
import type { Effect, ParticipantName, Residual } from '../types';

const SAMPLE = 10;
const NOBODY: Writers = { kept: [], records: [] };

/** The row as enforcement asks for it. */
interface Asked {
  readonly orderId: string;
  readonly row: number;
  readonly name: string;
  readonly undo: boolean;
  /** True for the row that also answers for the order's hold in this service. */
  readonly isOfHold: boolean;
}

interface By {
  readonly service: ParticipantName;
  readonly verifier: Verifier;
  readonly now: () => Date;
}

/** The remedy for a record whose evidence is altered. */
const REMEDY = '须从备份恢复';
const OLD = '该行执行时尚未留存执行明细的签封，不可比对';

const recordsAltered = async <Tx extends SqlTx>(
  tx: Tx,
  effect: Effect<Tx>,
  asked: AskedRow,
  { now, writers }: { readonly now: Date; readonly writers: Writers },
): Promise<Residual> => {
  const announced = contextOf(asked, now);
  const order = { orderId: announced.orderId, now, announced };
  const untouched = sql`(${writtenBySql('c', writers.kept)} AND ${writtenBySql('t', writers.records)})`;
  const found = asked.ask.undo ? effect.evidence?.restored?.(tx, order) : effect.evidence?.altered?.(tx, order, untouched);
  return (await found) ?? { count: 0n, sample: [] };
};

/** Returns nothing for a row that was never asked here, and compares nothing for a row that is still running. */
const evidenceOf = async <Tx extends SqlTx>(
  tx: Tx,
  by: By,
  effect: Effect<Tx>,
  key: Asked,
): Promise<Compared & { readonly records: Residual }> => {
  const asked = await findRow(tx, key);
  const none = { count: 0n, sample: [] };
  if (asked && asked.state !== 'DONE') return { altered: [], comparable: true, records: none };
  if (asked && (asked.effect !== key.name || asked.ask.undo !== key.undo)) {
    const isSealedSo = await isSealedAs(tx, key);
    return { altered: isSealedSo ? [`order_row.effect：第${key.row}行与签封时不符`] : [], comparable: true, records: none };
  }
  const compared = await compareEvidence(tx, by, effect, key);
  if (!asked) return { ...compared, comparable: true, records: none };
  const records = compared.untouched
    ? none
    : await recordsAltered(tx, effect, asked, { now: by.now(), writers: compared.writers ?? NOBODY });
  // A finding that names a record is more precise than the finding that the whole differs.
  const altered = records.count > 0n ? compared.altered.filter((what) => !what.includes('的执行明细与签封不符')) : compared.altered;
  const hold = asked.ask.undo || !key.isOfHold ? [] : await holdAltered(tx, asked, effect.boundless);
  return { altered: [...altered, ...hold], comparable: compared.comparable, records };
};

/** `counted`, with the findings about the row's evidence added. */
export const withEvidence = async <Tx extends SqlTx>(
  tx: Tx,
  by: By,
  { effect, ...key }: Asked & { readonly effect: Effect<Tx> },
  counted: Residual,
): Promise<Omit<RowResidual, 'row'>> => {
  const { altered, comparable, records } = await evidenceOf(tx, by, effect, key);
  const count = counted.count + BigInt(altered.length) + records.count;
  const words = [...altered, ...records.sample].map((what) => `${what}，${REMEDY}`);
  const sample = [...words, ...counted.sample].slice(0, SAMPLE);
  return { count, sample: count === 0n && !comparable ? [OLD] : sample };
};
