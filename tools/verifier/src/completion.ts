// A completion certificate (执行完成证明): enforcement's signature over all of it, then everything in it by itself. It names
// keys and carries none; and it is not believed for saying that all is done, but looked through for it. What it states of
// itself (times, outcome, institution) is computed again from its parts and must be the same.
import { canonical, checkSignature, type Statement, type TrustedKey } from '@hengji/host';
import type { Inside } from './attested';
import { checkCrossChecks } from './cross-checks';
import { checkDecision, type AskedRow, type DecisionText } from './decisions';
import { isDemanded, undoDemandedBy } from './demands';
import { checkFences } from './fences';
import type { Findings } from './findings';
import { checkReceipt, type ReceiptText } from './receipts';
import { checkResidual } from './residual';
import { count, list, members, sha256Hex, signedText, text, time, type SignedText } from './shapes';
import { checkTimes, type LiftingEnd } from './times';

const MEMBERS = [
  ...['type', 'version', 'orderId', 'documentNo', 'institution', 'institutionName', 'outcome', 'issuedAt', 'times'],
  ...['decisions', 'fences', 'receipts', 'residual', 'crossChecks', 'liftings'],
];

/** Certificates from before it was listed do not have it. */
const ADDED = ['filed'];

/** What enforcement says that it keeps of the order, row by row, for its own sweeps: no proof of anything here. */
const checkFiled = (filed: unknown): void =>
  list(filed, 'filed').forEach((one, i) => {
    const { table, id, sha256 } = members(one, `filed[${i}]`, ['table', 'id', 'sha256']);
    text(table, `filed[${i}].table`);
    text(id, `filed[${i}].id`);
    sha256Hex(sha256, `filed[${i}].sha256`);
  });

interface Decided {
  /** The order as it was last signed: officers may confirm that records have moved. */
  readonly order: DecisionText | undefined;
  readonly liftings: readonly DecisionText[];
  readonly rows: readonly AskedRow[];
}

/** What must be the same each time that the order is signed; only the records that its rows are bound to may have moved. */
const identityOf = ({ documentNo, epoch, scope, institutionName, measures, signedAt }: DecisionText): string =>
  canonical({ documentNo, epoch, scope, institutionName, measures: [...measures], signedAt: signedAt.toISOString() });

/** Whether each lifting takes back exactly the rows of its measures, and they are numbered on. */
const isLiftedInTurn = (order: DecisionText, liftings: readonly DecisionText[]): boolean => {
  let before = order.rows.length;
  return liftings.every(({ lifting, institution, measures, rows }, i) => {
    const demanded = undoDemandedBy(order.rows, measures, before);
    before += rows.length;
    return (
      lifting === String(i + 1) &&
      institution === order.institution &&
      measures.every((measure) => order.measures.includes(measure)) &&
      isDemanded(rows, demanded)
    );
  });
};

const checkDecisions = ({ found, keys, statement, ...of }: Inside): Decided => {
  const given = list(statement['decisions'], 'decisions');
  const all = given.flatMap((one, i) => checkDecision(found, keys, signedText(one, `decisions[${i}]`), of) ?? []);
  const orders = all.filter(({ lifting }) => lifting === '0');
  const order = orders.at(-1);
  const liftings = all.filter(({ lifting }) => lifting !== '0');
  const isOne = order !== undefined && all.length === given.length && orders.every((one) => identityOf(one) === identityOf(order));
  found.note(
    'decisions.order',
    isOne && order.documentNo === statement['documentNo'],
    '证明载有经签名的处理决定，文号一致',
    '证明所载文号与处理决定不符，或处理决定缺失、不止一份',
  );
  const isAll = order !== undefined && isLiftedInTurn(order, liftings);
  found.note('decisions.liftings', isAll, `解除决定${liftings.length}件，各行与所解除的措施一致`, '解除决定的次序、范围或各行不对');
  return { order, liftings, rows: [...(order?.rows ?? []), ...liftings.flatMap(({ rows }) => rows)] };
};

const outcomeOf = (liftings: readonly DecisionText[]): string => {
  if (liftings.length === 0) return 'COMPLETED';
  return liftings.at(-1)?.whole ? 'LIFTED' : 'COMPLETED_PARTLY_LIFTED';
};

const checkIdentity = ({ found, statement }: Inside, { order, liftings }: Decided): void => {
  const { institution, institutionName, outcome } = statement;
  found.note(
    'certificate.institution',
    order !== undefined && institution === order.institution && institutionName === order.institutionName,
    `被处理的机构：${text(institutionName, 'institutionName')}（${text(institution, 'institution')}）`,
    '证明所载机构与处理决定不符',
  );
  // Nothing is lifted after the whole was, and whoever lifts the whole leaves no measure out.
  const lifted = new Set(liftings.flatMap(({ measures }) => measures));
  const isWhole = liftings.every(
    ({ whole }, i) => !whole || (i === liftings.length - 1 && order?.measures.every((measure) => lifted.has(measure))),
  );
  const isRight = isWhole && text(outcome, 'outcome') === outcomeOf(liftings);
  found.note('certificate.outcome', isRight, `结果：${String(outcome)}`, `结果“${String(outcome)}”与所载决定不符`);
};

/** Each lifting that was decided, with its end: a certificate is written when nothing of the order is under way. */
const checkLiftings = ({ found, statement }: Inside, liftings: readonly DecisionText[]): LiftingEnd[] => {
  const listed = list(statement['liftings'], 'liftings').map((one, i) => {
    const { lifting, completedAt } = members(one, `liftings[${i}]`, ['lifting', 'completedAt']);
    return { lifting: String(count(lifting, 'lifting')), completedAt: completedAt === '' ? null : time(completedAt, 'completedAt') };
  });
  const isAll =
    listed.length === liftings.length &&
    liftings.every(({ lifting }, i) => listed[i]?.lifting === lifting && listed[i]?.completedAt !== null);
  found.note('liftings.complete', isAll, `解除${liftings.length}件，均已执行完毕`, '解除不齐全、重复或未执行完毕');
  return listed;
};

const checkReceipts = ({ found, keys, statement, ...of }: Inside, { rows, liftings }: Decided): ReceiptText[] => {
  const given = list(statement['receipts'], 'receipts');
  const receipts = given.flatMap((one, i) => {
    const signed = signedText(one, `receipts[${i}]`);
    const row = rows.find((asked) => asked.row === signed.statement['row']);
    return checkReceipt(found, keys, signed, { ...of, row, lifted: liftings.length > 0 }) ?? [];
  });
  const missing = rows.filter(({ row }) => receipts.filter((receipt) => receipt.row === row).length !== 1).map(({ row }) => row);
  found.note(
    'receipts.complete',
    rows.length > 0 && missing.length === 0 && given.length === rows.length,
    `${rows.length}行全部有且只有一份有效回执`,
    `下列行没有唯一的有效回执：${missing.join('、')}`,
  );
  return receipts;
};

/** Certificates from before the services signed their fences, counts and cross-checks. */
const isOld = ({ statement }: Inside): boolean => statement['type'] === 'hengji.completion.v1';

/** Checks everything that the certificate says and carries. */
export const checkCompletion = (found: Findings, keys: readonly TrustedKey[], { statement: given, signature }: SignedText): void => {
  const statement = members(given, '证明', MEMBERS, ADDED);
  if (statement['filed'] !== undefined) checkFiled(statement['filed']);
  const issuedAt = time(statement['issuedAt'], 'issuedAt');
  const orderId = text(statement['orderId'], 'orderId');
  const version = count(statement['version'], 'version');
  const name = `执行完成证明 ${text(statement['documentNo'], 'documentNo')} 第${version}版`;
  found.attempt('certificate.signature', `${name}由执法服务签名（${signature?.keyId ?? '无签名'}）`, () =>
    checkSignature(keys, statement as unknown as Statement, signature, { service: 'enforcement', signedAt: issuedAt }),
  );
  const inside: Inside = { found, keys, statement, orderId, witnessedAt: issuedAt };
  const decided = checkDecisions(inside);
  checkIdentity(inside, decided);
  const ends = checkLiftings(inside, decided.liftings);
  const receipts = checkReceipts(inside, decided);
  if (isOld(inside)) {
    const what = '所载围栏、残留清点与跨服务核对没有各服务的签名，只是执法服务自己的话，不足为证';
    found.note('certificate.v1', false, `这是旧式证明（hengji.completion.v1）：${what}；以上各项已核对`);
    return;
  }
  const fences = checkFences(inside, decided);
  const residual = checkResidual(inside, decided, receipts);
  const checkedAt = checkCrossChecks(inside, decided, receipts);
  checkTimes(found, members(statement['times'], 'times'), { ...decided, issuedAt, ends, fences, receipts, residual, checkedAt });
};
