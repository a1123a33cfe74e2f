// Money is whole fen (分). It is written with separators on screens and in tables. A document that asks for payment writes it in capitals
// (大写), as 支付结算办法 requires: 壹仟贰佰叁拾肆元伍角陆分, 整 after 元 or 角.

const split = (fen: bigint | number): { sign: string; yuan: bigint; rest: number } => {
  const value = BigInt(fen);
  const size = value < 0n ? -value : value;
  return { sign: value < 0n ? '-' : '', yuan: size / 100n, rest: Number(size % 100n) };
};

/** Fen as yuan with two decimals and separators: 123450 → 1,234.50. A number that is not an integer is a programming error and throws. */
export const yuan = (fen: bigint | number): string => {
  const { sign, yuan: whole, rest } = split(fen);
  return `${sign}${whole.toString().replace(/\B(?=(\d{3})+$)/g, ',')}.${String(rest).padStart(2, '0')}`;
};

const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'] as const;
const SECTIONS = ['', '万', '亿', '万亿', '亿亿'] as const;

const digitOf = (n: number): string => DIGITS.charAt(n);

/** Four digits: 1002 → 壹仟零贰. Zeros at the end are omitted; several zeros in a row are written once. */
const sectionOf = (section: number): string => {
  let text = '';
  [...String(section)].forEach((character, i, all) => {
    const place = PLACES[all.length - 1 - i] ?? '';
    text += character === '0' ? '零' : digitOf(Number(character)) + place;
  });
  return text.replace(/零+/g, '零').replace(/零$/, '');
};

const wholeOf = (whole: bigint): string => {
  const sections: number[] = [];
  for (let left = whole; left > 0n; left /= 10_000n) sections.push(Number(left % 10_000n));
  return sections
    .reduceRight((text, section, i) => {
      if (section === 0) return text === '' || text.endsWith('零') ? text : `${text}零`;
      const gap = text !== '' && !text.endsWith('零') && section < 1000 ? '零' : '';
      return `${text}${gap}${sectionOf(section)}${SECTIONS[i] ?? ''}`;
    }, '')
    .replace(/零$/, '');
};

/** Fen in capitals: 123456 → 壹仟贰佰叁拾肆元伍角陆分, 100000 → 壹仟元整, 5 → 伍分, 0 → 零元整; negative amounts begin with 负. */
export const yuanInCapitals = (fen: bigint | number): string => {
  const { sign, yuan: whole, rest } = split(fen);
  const [jiao, cents] = [Math.floor(rest / 10), rest % 10];
  const before = whole > 0n ? `${wholeOf(whole)}元` : '';
  if (rest === 0) return `${sign && '负'}${before === '' ? '零元' : before}整`;
  const jiaoText = jiao > 0 ? `${digitOf(jiao)}角` : before === '' ? '' : '零';
  return `${sign && '负'}${before}${jiaoText}${cents > 0 ? `${digitOf(cents)}分` : '整'}`;
};
