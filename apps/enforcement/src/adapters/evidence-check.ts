// Compares the stored data of an order with the signed data. Decisions and ledger rows are compared with their seals. The last
// certificate is compared with its signature, with a certificate of the current data, and with the filed records that it lists.
import { hash } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import type { Filed } from '@hengji/procedure';
import { canonical, standingOf, type JsonValue, type Statement, type Verifier } from '@hengji/host';
import type { Evidence, Receipts } from '../application/proof/ports';
import { rowsToProve, type Order } from '../domain/order';
import type { Seal } from '../domain/proof';
import type { Altered } from '../domain/residual/altered';
import { witnessOf } from './receipt-check';
import { completionStatement, liftingStatement, orderStatement, sealedRow, sealOf, type signatureJson } from './statements';
import { attestationStore } from './store/attestation-store';
import { packageOnWire } from './store/cases/package-store';
import type { Tx } from './store/database';
import { contentsAltered, filedOf } from './store/filed-store';

type Members = Readonly<Record<string, JsonValue | undefined>>;

const ofOrder = (what: string): Altered => ({ row: 0, what });

const isSame = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && canonical(a) === canonical(b));

/** Signed members that differ from the stored data; a member that was added to the format later is absent in older statements. */
const differing = (signed: Members, stored: Members, skip: readonly string[] = []): string[] =>
  Object.keys(signed).filter((name) => !skip.includes(name) && !isSame(signed[name], stored[name]));

interface Sealed extends Statement {
  readonly sealedAt?: string;
  readonly signedAt?: string;
  readonly liftedAt?: string;
  readonly lifting?: string;
  readonly package?: JsonValue;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const readSeal = ({ statement }: Seal): Sealed => JSON.parse(statement) as Sealed;

const timeOf = ({ sealedAt, signedAt, liftedAt }: Sealed): Date => new Date(sealedAt ?? signedAt ?? liftedAt ?? Number.NaN);

/** Only an invalid signature counts as altered; a key that ended since does not. */
const isForged = (check: () => void): boolean => standingOf(check) === 'forged';

const sealsAltered = (verifier: Verifier, order: Order): Altered[] => {
  // Orders from before seals existed have no signed receipt either.
  if (order.seals.length === 0) return order.rows.some(({ receipt }) => receipt?.signature) ? [ofOrder('orders.seals 已被删除')] : [];
  return order.seals.flatMap((seal) => {
    const said = readSeal(seal);
    const at = timeOf(said);
    const check = (): void => verifier.checkStored(said, seal, { service: 'enforcement', signedAt: at, witnessedAt: witnessOf(order, at) });
    return isForged(check) ? [ofOrder(`orders.seals 中的 ${said.type} 与其签名不符`)] : [];
  });
};

const decisionAltered = async (tx: Tx, order: Order): Promise<Altered[]> => {
  const seal = order.seals.findLast((one) => readSeal(one).type === 'hengji.order.v1');
  if (!seal) return [];
  const said = readSeal(seal);
  const items = said.package === undefined ? [] : await packageOnWire(tx, order.id);
  const stored: Members = orderStatement(order, timeOf(said), items);
  return differing(said, stored, ['rows', 'sealedAt']).map((name) =>
    ofOrder(name === 'package' ? 'transfer_item 与签封的移送材料不符' : `orders.${name} 与签封不符`),
  );
};

const liftingsAltered = (order: Order): Altered[] =>
  order.seals.flatMap((seal) => {
    const said = readSeal(seal);
    if (said.type !== 'hengji.lifting.v1') return [];
    const lifting = order.liftings.find(({ number }) => String(number) === said.lifting);
    if (!lifting) return [ofOrder(`lifting 第${said.lifting}件已被删除`)];
    const stored: Members = liftingStatement(order, lifting, timeOf(said));
    return differing(said, stored, ['rows', 'sealedAt']).map((name) => ofOrder(`lifting.${name} 与签封不符`));
  });

/** Signed rows that are missing, and rows that differ from the signed rows. */
const rowsAltered = (order: Order): Altered[] => {
  const signed = order.seals.flatMap((seal) => readSeal(seal).rows.map(({ row }) => Number(row)));
  const gone = [...new Set(signed)].filter((number) => !order.rows.some((row) => row.number === number));
  const changed = order.rows.flatMap((row): Altered[] => {
    const seal = sealOf(order, row);
    if (!seal) return order.seals.length === 0 ? [] : [{ row: row.number, what: `ledger_row 第${row.number}行没有签封` }];
    const names = sealedRow(seal, row).differing;
    return names.length === 0 ? [] : [{ row: row.number, what: `ledger_row 第${row.number}行的 ${names.join('、')} 与签封不符` }];
  });
  return [...gone.map((number) => ({ row: number, what: `ledger_row 第${number}行已被删除` })), ...changed];
};

const receiptsAltered = (receipts: Pick<Receipts<Tx>, 'checkStored'>, order: Order, now: Date): Altered[] =>
  rowsToProve(order).flatMap((row): Altered[] => {
    try {
      receipts.checkStored(order, row, now);
      return [];
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // A fault of the row, not of its receipt: `rowsAltered` and `sealsAltered` report it. A key that ended since alters
      // nothing.
      if (['receipt.not_sealed', 'receipt.key_retired', 'receipt.key_revoked'].includes(refusal.reason)) return [];
      return [{ row: row.number, what: refusal.message, receipt: refusal }];
    }
  });

/** Compares each fence with its signature; a fence from before fences were signed is requested again, and passes until then. */
const fencesAltered = (order: Order): Altered[] =>
  order.fences.flatMap(({ service, placedAt, attestation }) => {
    const said = attestation && (JSON.parse(attestation.statement) as Members);
    if (!said || said['placedAt'] === placedAt?.toISOString()) return [];
    return [ofOrder(`fence.placed_at（${service}）与该服务所签的围栏不符`)];
  });

const filedAltered = async (tx: Tx, order: Order, listed: readonly Filed[]): Promise<Altered[]> => {
  const stored = new Map((await filedOf(tx, order)).map((one) => [`${one.table} ${one.id}`, one.sha256]));
  return listed.flatMap(({ table, id, sha256 }) => {
    const now = stored.get(`${table} ${id}`);
    if (now === sha256) return [];
    return [ofOrder(`${table} ${id} ${now === undefined ? '已被删除' : '与执行完成证明所记不符'}`)];
  });
};

/** Members that may differ when a reopened order is completed again. */
const MOVING = ['type', 'filed', 'outcome', 'decisions', 'fences', 'receipts', 'residual', 'crossChecks', 'liftings', 'times'];

type Completion = Statement & {
  readonly version: string;
  readonly issuedAt: string;
  readonly times: Members;
  readonly filed?: readonly Filed[];
};

const MOVING_TIMES = ['fenced', 'public', 'receipts', 'zero', 'completed'];

/** Members that differ in v1 certificates, because services did not sign them then. All other members are compared. */
const UNSIGNED = ['fences', 'residual', 'crossChecks', 'type'];
const UNSIGNED_TIMES = ['fenced', 'zero'];

/** Members of a certificate that come from the ledger's rows. */
const OF_ROWS = ['receipts', 'times.receipts', 'times.public'];

const certificateAltered = async (
  verifier: Verifier,
  tx: Tx,
  order: Order,
  { which, skip }: { readonly which: 'closed' | 'completing'; readonly skip: readonly string[] },
): Promise<Altered[]> => {
  if (order.seals.length === 0) return [];
  // An order that was never completed has no certificate yet; a lifting of its part is certified with the order.
  if (order.completedAt === null && which === 'completing') return [];
  const last = await tx.completionCertificate.findFirst({ where: { orderId: order.id }, orderBy: { version: 'desc' } });
  if (!last) return [ofOrder('completion_certificate 已被删除')];
  const { statement: said, signature } = JSON.parse(last.json) as { statement: Completion; signature: ReturnType<typeof signatureJson> };
  const issuedAt = new Date(said.issuedAt);
  const signed = { ...signature, value: Buffer.from(signature.value, 'hex') };
  const at = { service: 'enforcement', signedAt: issuedAt, witnessedAt: issuedAt };
  const isWrong =
    isForged(() => verifier.checkStored(said, signed, at)) ||
    last.sha256 !== hash('sha256', last.json) ||
    said.version !== String(last.version);
  if (isWrong) return [ofOrder(`completion_certificate 第${last.version}版与其签名不符`)];
  const attested = await attestationStore.of(tx, order.id);
  const stored = completionStatement(order, [...attested.values()].flat(), { version: last.version, issuedAt });
  const isOld = said.type === 'hengji.completion.v1';
  const names = differing(said, stored, [...(which === 'closed' ? ['filed', 'times'] : MOVING), ...(isOld ? UNSIGNED : [])]);
  const movingTimes = [...(which === 'closed' ? [] : MOVING_TIMES), ...(isOld ? UNSIGNED_TIMES : [])];
  const times = differing(said.times, stored.times, movingTimes).map((name) => `times.${name}`);
  const words = [...names, ...times]
    .filter((name) => !skip.includes(name))
    .map((name) => ofOrder(`所存的 ${name} 与执行完成证明第${last.version}版不符`));
  return [...words, ...(await filedAltered(tx, order, said.filed ?? []))];
};

export const evidenceCheck = (verifier: Verifier, receipts: Pick<Receipts<Tx>, 'checkStored'>): Evidence<Tx> => ({
  compare: async (tx, order, { now, which, contents }) => {
    const rows = [...rowsAltered(order), ...(which === 'closed' ? receiptsAltered(receipts, order, now) : [])];
    return [
      ...sealsAltered(verifier, order),
      ...(await decisionAltered(tx, order)),
      ...liftingsAltered(order),
      ...(which === 'closed' ? fencesAltered(order) : []),
      ...rows,
      ...(await contentsAltered(tx, order, now)).map((what) => ofOrder(`${what} 的内容与其 SHA-256 不符`)),
      ...contents.altered.map(ofOrder),
      // Differences of named rows are not reported a second time as differences from the certificate.
      ...(await certificateAltered(verifier, tx, order, { which, skip: rows.length > 0 ? OF_ROWS : [] })),
    ];
  },
});
