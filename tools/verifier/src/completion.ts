// A completion certificate (执行完成证明): enforcement's signature over all of it, then everything in it by itself. It names
// keys and carries none; and it is not believed for saying that all is done, but looked through for it.
import { checkSignature, type Statement, type TrustedKey } from '@hengji/host';
import { checkDecision, checkReceipt, type AskedRow, type DecisionText, type ReceiptText } from './decisions';
import type { Findings } from './findings';
import { count, list, members, signedText, text, time, timeOrNone, type Fields, type SignedText } from './shapes';

const SERVICES = ['approval', 'certificate', 'exam', 'exchange', 'subsidy'];

const TIMES = [
  ['signed', '签发'],
  ['fenced', '各服务全部设围栏'],
  ['issued', '下达'],
  ['public', '向社会公开'],
  ['receipts', '收齐回执'],
  ['zero', '残留为零'],
  ['completed', '执行完毕'],
] as const;

interface Inside {
  readonly found: Findings;
  readonly keys: readonly TrustedKey[];
  readonly statement: Fields;
  readonly orderId: string;
  readonly witnessedAt: Date;
}

/** The order as it was last signed (officers may confirm that records have moved), then its liftings. */
const checkDecisions = ({ found, keys, statement, ...of }: Inside): { decisions: DecisionText[]; rows: AskedRow[] } => {
  const all = list(statement['decisions'], 'decisions').flatMap(
    (one, i) => checkDecision(found, keys, signedText(one, `decisions[${i}]`), of) ?? [],
  );
  const order = all.findLast(({ lifting }) => lifting === '0');
  const liftings = all.filter(({ lifting }) => lifting !== '0');
  const isWhole =
    order !== undefined &&
    order.documentNo === statement['documentNo'] &&
    order.signedAt.toISOString() === members(statement['times'], 'times')['signed'];
  found.note(
    'decisions.order',
    isWhole,
    '证明载有经签名的处理决定，文号与签发时间一致',
    '证明所载文号或签发时间与处理决定不符，或缺少处理决定',
  );
  const listed = list(statement['liftings'], 'liftings').map((one, i) => text(members(one, `liftings[${i}]`)['lifting'], 'lifting'));
  const isAll = listed.length === liftings.length && liftings.every(({ lifting }) => listed.includes(lifting));
  found.note('decisions.liftings', isAll, `解除决定${liftings.length}件，齐全`, '解除决定不齐全');
  return { decisions: all, rows: [...(order?.rows ?? []), ...liftings.flatMap(({ rows }) => rows)] };
};

const checkReceipts = ({ found, keys, statement, ...of }: Inside, rows: readonly AskedRow[]): ReceiptText[] => {
  const receipts = list(statement['receipts'], 'receipts').flatMap((one, i) => {
    const signed = signedText(one, `receipts[${i}]`);
    return checkReceipt(found, keys, signed, { row: rows.find(({ row }) => row === signed.statement['row']), ...of }) ?? [];
  });
  const missing = rows.filter(({ row }) => receipts.filter((receipt) => receipt.row === row).length !== 1).map(({ row }) => row);
  found.note(
    'receipts.complete',
    missing.length === 0,
    `${rows.length}行全部有且只有一份有效回执`,
    `下列行没有唯一的有效回执：${missing.join('、')}`,
  );
  return receipts;
};

const checkResidual = ({ found, statement }: Inside, rows: readonly AskedRow[]): void => {
  const counted = list(statement['residual'], 'residual').map((one, i) => {
    const residual = members(one, `residual[${i}]`);
    return { row: text(residual['row'], 'row'), count: count(residual['count'], 'count'), at: time(residual['at'], 'at') };
  });
  const left = rows.filter(({ row }) => counted.filter((one) => one.row === row && one.count === 0n).length !== 1).map(({ row }) => row);
  found.note('residual.zero', left.length === 0, '各行另行清点，残留均为零', `下列行未见残留为零的清点：${left.join('、')}`);
};

const checkCrossChecks = ({ found, statement }: Inside): void => {
  const checks = list(statement['crossChecks'], 'crossChecks').map((one, i) => {
    const check = members(one, `crossChecks[${i}]`);
    const checked = count(check['checked'], 'checked');
    return { name: text(check['check'], 'check'), checked, contradictions: count(check['contradictions'], 'contradictions') };
  });
  const wrong = checks.filter(({ contradictions }) => contradictions !== 0n).map(({ name }) => name);
  const total = checks.reduce((sum, { checked }) => sum + checked, 0n);
  found.note(
    'crossChecks.zero',
    wrong.length === 0,
    `跨服务核对${checks.length}项、${total}条，没有矛盾`,
    `跨服务核对有矛盾：${wrong.join('、')}`,
  );
};

const checkFences = ({ found, statement }: Inside, isTransfer: boolean): void => {
  const placed = list(statement['fences'], 'fences').map((one, i) => {
    const fence = members(one, `fences[${i}]`);
    return { service: text(fence['service'], 'service'), at: timeOrNone(fence['placedAt'], 'placedAt') };
  });
  // A transfer hands a package over and stops nobody.
  const missing = (isTransfer ? [] : SERVICES).filter((service) => !placed.some((fence) => fence.service === service && fence.at));
  found.note(
    'fences.complete',
    missing.length === 0,
    isTransfer ? '移送决定不设围栏' : '五个服务均已设围栏',
    `未见围栏：${missing.join('、')}`,
  );
};

const showTimes = ({ found, statement }: Inside, isTransfer: boolean): void => {
  const times = members(statement['times'], 'times');
  for (const [name, words] of TIMES) {
    const at = timeOrNone(times[name], `times.${name}`);
    // Not every order is made public, and transfers have no fences; the others happen to each.
    const isOptional = name === 'public' || (name === 'fenced' && isTransfer);
    found.note(`times.${name}`, at !== null || isOptional, `${words}时间：${at?.toISOString() ?? '不适用'}`, `缺少${words}时间`);
  }
};

/** Checks everything that the certificate says and carries. */
export const checkCompletion = (found: Findings, keys: readonly TrustedKey[], signed: SignedText): void => {
  const { statement, signature } = signed;
  const issuedAt = time(statement['issuedAt'], 'issuedAt');
  const orderId = text(statement['orderId'], 'orderId');
  const name = `执行完成证明 ${text(statement['documentNo'], 'documentNo')} 第${text(statement['version'], 'version')}版`;
  found.attempt('certificate.signature', `${name}由执法服务签名（${signature?.keyId ?? '无签名'}）`, () =>
    checkSignature(keys, statement as unknown as Statement, signature, { service: 'enforcement', signedAt: issuedAt }),
  );
  const inside: Inside = { found, keys, statement, orderId, witnessedAt: issuedAt };
  const { rows } = checkDecisions(inside);
  const isTransfer = rows.length > 0 && rows.every(({ effect }) => effect.startsWith('TRANSFER_') || effect.startsWith('NOTIFY_'));
  checkFences(inside, isTransfer);
  checkReceipts(inside, rows);
  checkResidual(inside, rows);
  checkCrossChecks(inside);
  showTimes(inside, isTransfer);
};
