// Citations of law in our source, in words that people read and in comments. The table has every source that may be cited, with
// the articles of the rules (§6, §7, §10) and the items of the province's notice. A source or an article without a row is
// refused: nobody cites from memory. What no law demands says 平台规则.
import { isTest, type Tree } from './tree';

const articles = (list: string): ReadonlySet<number> =>
  new Set(
    list.split(' ').flatMap((part) => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    }),
  );

/** Laws by the names that texts use. The articles of 行政复议法 and 行政诉讼法 are those of 2023 and 2017. */
const LAWS: Readonly<Record<string, ReadonlySet<number>>> = {
  行政处罚法: articles('36 41-48 55-61 63-65 67 72-73 85'),
  行政许可法: articles('32 42 45 50 82'),
  行政强制法: articles('25 53-55'),
  行政复议法: articles('20 24 42 48 62 88'),
  行政诉讼法: articles('45-46 56 67 85'),
  民事诉讼法: articles('95'),
  个人信息保护法: articles('6 13 17 19 23-24 26 28-30 34-36 44-47 51 54-57'),
  网络安全法: articles('21'),
  市场监督管理行政处罚程序规定: articles('18'),
  国务院令第310号: articles('3 5-9 11-12 16 19'),
  国务院令310号: articles('3 5-9 11-12 16 19'),
  '310号令': articles('3 5-9 11-12 16 19'),
};

/** The items of the notice, as it numbers them: 二、（一） to 三、（七）. */
const NOTICE = '关于加强职业技能评价规范管理工作有关事项的通知';
const ITEMS = ['二、（一）', '二、（二）', '二、（三）', '三、（四）', '三、（五）', '三、（六）', '三、（七）'];

/** Sources of a limit (`basis`) without an article. */
const WHOLE = [
  '平台规则',
  '期限为平台规则',
  '处理决定载明的期限',
  '信访工作条例',
  '市场监督管理投诉举报处理暂行办法',
  '社会保险基金监督举报工作管理办法',
  '人社部发〔2017〕40号',
];

const DIGITS = '零一二三四五六七八九';
/** 八十五 → 85; only below a hundred and in the hundreds that laws have. */
const numberOf = (numeral: string): number =>
  [...numeral].reduce(
    ({ sum, digit }, sign) => {
      if (sign === '百') return { sum: sum + (digit || 1) * 100, digit: 0 };
      if (sign === '十') return { sum: sum + (digit || 1) * 10, digit: 0 };
      return { sum, digit: DIGITS.indexOf(sign) };
    },
    { sum: 0, digit: 0 } as { sum: number; digit: number },
  ).sum + ('十百'.includes(numeral.at(-1) ?? '') ? 0 : DIGITS.indexOf(numeral.at(-1) ?? ''));

const isAllowed = (source: string, article: number): boolean =>
  Object.entries(LAWS).some(([law, known]) => source.endsWith(law) && known.has(article));

/** 行政处罚法第四十四条、第四十五条; 《…法》第五十三条; （国务院令第310号）第三条. */
const IN_WORDS = /([\p{Script=Han}〔〕\d]+?)[》）]{0,2}((?:(?:、|和)?第[一二三四五六七八九十百]+条)+)/gu;
/** 行政处罚法 §44, §45; 310号令 §5. */
const BY_SIGN = /([\p{Script=Han}\d]+(?:法|条例|办法|规定|令|号)) ((?:(?:, |–)?§ ?\d+)+)/gu;

const inWords = (line: string): string[] =>
  [...line.matchAll(IN_WORDS)].flatMap(([, source = '', list = '']) =>
    [...list.matchAll(/第([一二三四五六七八九十百]+)条/g)].flatMap(([article, numeral = '']) =>
      isAllowed(source, numberOf(numeral)) ? [] : [`${source}${article}`],
    ),
  );

const bySign = (line: string): string[] =>
  [...line.matchAll(BY_SIGN)].flatMap(([, source = '', list = '']) =>
    [...list.matchAll(/\d+/g)].flatMap(([article]) => (isAllowed(source, Number(article)) ? [] : [`${source} §${article}`])),
  );

/** An item of a notice: with the notice's own title or its constant before it, and numbered as the notice numbers it. */
const ofNotice = (line: string): string[] =>
  [...line.matchAll(/(通知》?|\$\{NOTICE(?:_ISSUED)?\}）?)((?:[一二三四]、?)?(?:第)?（[一二三四五六七八九十]）)/g)].flatMap(
    ({ 1: name = '', 2: item = '', index }) => {
      const isNamed = name.startsWith('$') || line.slice(0, index + 2).endsWith(NOTICE);
      return isNamed && ITEMS.includes(item) ? [] : [`${name}${item}`];
    },
  );

const isBasis = (basis: string): boolean =>
  basis
    .replace(/^参照/, '')
    .split('；')
    .every((part) => WHOLE.includes(part) || part.startsWith('${NOTICE}') || /第[一二三四五六七八九十百]+条$/.test(part));

const bases = (line: string): string[] =>
  [...line.matchAll(/\bbasis: ['`]([^'`]+)['`]/g)].flatMap(([, basis = '']) =>
    /\p{Script=Han}/u.test(basis) && !isBasis(basis) ? [basis] : [],
  );

export const checkCitations = (tree: Tree): string[] =>
  [...tree]
    .filter(([path]) => /^(apps|libs)\/.*\.(ts|tsx|mts)$/.test(path) && !isTest(path))
    .flatMap(([path, text]) =>
      text
        .split('\n')
        .flatMap((line, i) =>
          [...inWords(line), ...bySign(line), ...ofNotice(line), ...bases(line)].map(
            (cited) => `${path}:${i + 1}: ${cited} is no source of the rules; see tools/tidy/src/citations.ts`,
          ),
        ),
    );
