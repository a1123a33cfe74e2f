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

/** Reconsideration within 60 days, litigation within 6 months: the last paragraph of a decision. */
export const remediesInWords = (authority: string): string =>
  `如不服本决定，可以自知道本决定之日起六十日内依法向${reconsiderationBody(authority)}申请行政复议，或者在六个月内依法向有管辖权的人民法院提起行政诉讼。复议、诉讼期间，除法律规定的情形外，不停止执行。`;
