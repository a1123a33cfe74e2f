// How documents (公文) write days and lists, and the text on legal remedies that each decision must contain.
import { reconsiderationBody } from './places/authorities';

/** The province's notice, as documents and limits cite it: the title, then the number of the item, e.g. 三、（五）. */
export const NOTICE = '《关于加强职业技能评价规范管理工作有关事项的通知》';
/** Who issued the notice, and when. */
export const NOTICE_ISSUED = '辽宁省人力资源和社会保障厅、辽宁省公安厅、辽宁省市场监管局2024年9月30日印发';

/** 2026年11月23日 */
export const dateInWords = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** （一）first；（二）second。 */
export const listedInWords = (items: readonly string[]): string => items.map((item, i) => `（${NUMERALS[i] ?? i + 1}）${item}`).join('；');

const DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;
const PLACES = ['千', '百', '十', ''] as const;

/** 1 to 9999 as documents write it: 三, 十五, 一百零五. */
const numberInWords = (amount: number): string => {
  const places = [...String(amount).padStart(4, '0')].map((digit, i) => (digit === '0' ? '零' : `${DIGITS[Number(digit)]}${PLACES[i]}`));
  return places
    .join('')
    .replace(/零+/g, '零')
    .replace(/^零|零$/g, '')
    .replace(/^一十/, '十');
};

const UNITS_IN_WORDS = { workingDay: '个工作日', day: '日', month: '个月', year: '年', hour: '小时' } as const;

/** An amount of time as a law writes it. */
interface TimeAmount {
  readonly amount: number;
  readonly unit: keyof typeof UNITS_IN_WORDS;
}

/** 三个工作日, 十日, 六个月 */
export const amountInWords = ({ amount, unit }: TimeAmount): string => `${numberInWords(amount)}${UNITS_IN_WORDS[unit]}`;

/** The time for each remedy. */
interface RemedyTimes {
  readonly reconsideration: TimeAmount;
  readonly suit: TimeAmount;
}

/** The last paragraph of a decision: 60 days and 6 months (行政复议法第二十条, 行政诉讼法第四十六条), unless the province has set longer times. */
export const remediesInWords = (
  authority: string,
  { reconsideration, suit }: RemedyTimes = { reconsideration: { amount: 60, unit: 'day' }, suit: { amount: 6, unit: 'month' } },
): string =>
  `如不服本决定，可以自知道本决定之日起${amountInWords(reconsideration)}内依法向${reconsiderationBody(authority)}申请行政复议，或者在${amountInWords(suit)}内依法向有管辖权的人民法院提起行政诉讼。复议、诉讼期间，除法律规定的情形外，不停止执行。`;
