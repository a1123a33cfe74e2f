// The checks between two services (跨服务核对). One signs, page by page, which records the order has moved there; the other signs how
// many of just these contradict that in its own records. The pages follow each other without a gap, and both have signed the
// same hash over the same number of ids: whoever carried them over could leave none out.
import { checkAttested, liftedBy, readAttested, same, type AttestedKind, type AttestedText, type DecidedBy, type Inside } from './attested';
import { crossChecksOf, type CrossCheck } from './demands';
import type { ReceiptText } from './receipts';
import { count, list, sha256Hex, signedText, text, words } from './shapes';

const AFFECTED: AttestedKind = {
  type: 'hengji.affected.v1',
  members: ['row', 'checks', 'without', 'after', 'next', 'count', 'sha256', 'listedAt'],
  at: 'listedAt',
};
const CONTRADICTIONS: AttestedKind = {
  type: 'hengji.contradictions.v1',
  members: ['check', 'count', 'sha256', 'contradictions', 'answeredAt'],
  at: 'answeredAt',
};

/** Ids by their number and hash. */
interface Ids {
  readonly service: string;
  readonly count: bigint;
  readonly sha256: string;
  readonly at: Date;
}

interface Page extends Ids {
  readonly row: string;
  readonly checks: readonly string[];
  /** Scopes that were left out, as lifted. */
  readonly without: readonly string[];
  readonly after: string;
  readonly next: string;
}

interface Answer extends Ids {
  readonly check: string;
  readonly contradictions: bigint;
}

const idsOf = ({ fields, service, at }: AttestedText, path: string): Ids => ({
  ...{ service, at },
  count: count(fields['count'], `${path}.count`),
  sha256: sha256Hex(fields['sha256'], `${path}.sha256`),
});

const pageOf = (one: AttestedText, path: string): Page => ({
  ...idsOf(one, path),
  row: String(count(one.fields['row'], `${path}.row`)),
  checks: words(one.fields['checks'], `${path}.checks`),
  without: list(one.fields['without'], `${path}.without`).map((scope) => sha256Hex(scope, `${path}.without`)),
  after: text(one.fields['after'], `${path}.after`),
  next: text(one.fields['next'], `${path}.next`),
});

const answerOf = (one: AttestedText, path: string): Answer => ({
  ...idsOf(one, path),
  check: text(one.fields['check'], `${path}.check`),
  contradictions: count(one.fields['contradictions'], `${path}.contradictions`),
});

/** Pages and answers that their services have signed of this order. */
interface Sides {
  readonly pages: readonly Page[];
  readonly answers: readonly Answer[];
}

const readSides = (inside: Inside): Sides => {
  const { found, statement, orderId } = inside;
  const pages: Page[] = [];
  const answers: Answer[] = [];
  const all = list(statement['crossChecks'], 'crossChecks').map((value, i) => {
    const path = `crossChecks[${i}]`;
    const signed = signedText(value, path);
    const isPage = signed.statement.type === AFFECTED.type;
    const one = readAttested(signed, isPage ? AFFECTED : CONTRADICTIONS, path);
    if (isPage) pages.push(pageOf(one, path));
    else answers.push(answerOf(one, path));
    return one;
  });
  found.attempt('crossChecks.signature', `跨服务核对的清单${pages.length}页、答复${answers.length}份，均由各服务签名`, () =>
    all.forEach((one) => checkAttested(inside, one)),
  );
  found.note(
    'crossChecks.order',
    all.every(({ fields }) => fields['orderId'] === orderId && [AFFECTED.type, CONTRADICTIONS.type].includes(String(fields['type']))),
    '跨服务核对均属于本处理决定',
    '跨服务核对中有属于另一处理决定的，或不认识的',
  );
  return { pages, answers };
};

/** All of the pages, each following the one before it; undefined where one is missing, or there twice. */
const chainOf = (pages: readonly Page[]): readonly Page[] | undefined => {
  const chain: Page[] = [];
  let after = '';
  do {
    const next = pages.filter((page) => page.after === after);
    const [page] = next;
    if (!page || next.length > 1 || chain.includes(page)) return undefined;
    chain.push(page);
    after = page.next;
  } while (after !== '');
  return chain.length === pages.length ? chain : undefined;
};

/** The whole list that the check starts from, leaving out only what was lifted of either row by then. */
const listFor = ({ pages }: Sides, { check, from, against }: CrossCheck, { liftings }: DecidedBy): readonly Page[] | undefined => {
  const own = pages.filter((page) => page.service === from.service && page.row === from.row && page.checks.includes(check));
  const earliest = own.reduce<Date | undefined>((first, { at }) => (first === undefined || at < first ? at : first), undefined);
  if (!earliest) return undefined;
  for (const parts of liftedBy(liftings, earliest).reverse()) {
    const concerned = parts.filter(({ rows }) => rows.includes(from.row) || rows.includes(against.row));
    const without = concerned.map(({ scope }) => scope);
    const chain = chainOf(own.filter((page) => same(page.without, without)));
    if (chain) return chain;
  }
  return undefined;
};

const isAfter = (receipts: readonly ReceiptText[], row: string, all: readonly Ids[]): boolean =>
  receipts.every((receipt) => receipt.row !== row || all.every(({ at }) => at >= receipt.finishedAt));

/** Checks one of those that the order calls for; returns the pages and answers that belong to it. */
const checkOne = (inside: Inside, decided: DecidedBy, sides: Sides, asked: CrossCheck & { receipts: readonly ReceiptText[] }): Ids[] => {
  const { found } = inside;
  const { check, from, against, receipts } = asked;
  const pages = listFor(sides, asked, decided);
  const answers = sides.answers.filter((answer) => answer.check === check && answer.service === against.service);
  // An empty page is nobody asked about.
  const questions = (pages ?? []).filter((page) => page.count > 0n);
  const isAnswered =
    pages !== undefined &&
    answers.length === questions.length &&
    questions.every(({ sha256, count: ids }) => answers.filter((one) => one.sha256 === sha256 && one.count === ids).length === 1);
  const total = questions.reduce((sum, page) => sum + page.count, 0n);
  found.note(
    'crossChecks.complete',
    isAnswered,
    `${check}：${from.service} 的清单${pages?.length ?? 0}页、${total}条，前后相接；${against.service} 对每页均有答复`,
    `${check}：清单缺页、重页或另有删略，或答复与清单不符`,
  );
  found.note(
    'crossChecks.after',
    isAfter(receipts, from.row, pages ?? []) && isAfter(receipts, against.row, answers),
    `${check}：在两行的回执之后核对`,
    `${check}：清单或答复早于该行的回执`,
  );
  const wrong = answers.reduce((sum, { contradictions }) => sum + contradictions, 0n);
  found.note('crossChecks.zero', wrong === 0n, `${check}：没有矛盾`, `${check}：有矛盾${wrong}条`);
  return [...(pages ?? []), ...answers];
};

/** Returns when each side was signed. */
export const checkCrossChecks = (inside: Inside, decided: DecidedBy, receipts: readonly ReceiptText[]): Date[] => {
  const sides = readSides(inside);
  const used = crossChecksOf(decided.order?.rows ?? []).flatMap((asked) => checkOne(inside, decided, sides, { ...asked, receipts }));
  const all = [...sides.pages, ...sides.answers];
  inside.found.note(
    'crossChecks.demanded',
    all.every((one) => used.includes(one)),
    '跨服务核对正是各行所要求的',
    '有清单或答复不属于各行所要求的核对',
  );
  return all.map(({ at }) => at);
};
