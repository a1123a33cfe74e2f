import { typedText } from '@hengji/domain-kit';
import { isAppointedLevel, isCertificateLevel, isReviewedLevel, levelName, LEVELS } from './levels';
import { typedCode, typedDocumentNo, typedName, typedNumber, typedOccupationCode } from './typed';

describe('typed text', () => {
  it.each([
    ['6-31-01-03', '6-31-01-03'],
    ['6310103', '6-31-01-03'],
    [' 6 31 01 03 ', '6-31-01-03'],
    ['６－３１－０１－０３', '6-31-01-03'],
    ['6—31—01—03', '6-31-01-03'],
    ['6-3101-03', '6-31-01-03'],
    ['631010', '631010'],
    ['电工', '电工'],
  ])('occupation code %s is %s', (typed, code) => expect(typedOccupationCode(typed)).toBe(code));

  it('a number has no spaces or hyphens, and its letters are capitals', () => {
    expect(typedNumber(' s0000 2101 0003-26 1-000001\u200B')).toBe('S000021010003261000001');
    expect(typedNumber('Ｓ０００021010003261000001')).toBe('S000021010003261000001');
    expect(typedCode('ab–12')).toBe('AB-12');
  });

  it.each([
    ['辽人社鉴告〔2026〕3号', '辽人社鉴告〔2026〕3号'],
    ['辽人社鉴告 [2026] 3 号', '辽人社鉴告〔2026〕3号'],
    ['辽人社鉴告［２０２６］3号', '辽人社鉴告〔2026〕3号'],
    ['辽人社鉴告(2026)3号', '辽人社鉴告〔2026〕3号'],
    ['辽人社鉴告【2026】3号', '辽人社鉴告〔2026〕3号'],
    ['[2026]3', '〔2026〕3'],
    ['沈阳（分院）', '沈阳(分院)'],
  ])('document number %s is %s', (typed, number) => expect(typedDocumentNo(typed)).toBe(number));

  it('text keeps spaces between words; a name keeps its characters', () => {
    expect(typedText('  沈阳　匠心 \t中心 ')).toBe('沈阳 匠心 中心');
    expect(typedName(' 山﨑 ')).toBe('山﨑');
  });
});

describe('levels', () => {
  it('have the names on the certificate, lowest first', () => {
    expect(Object.values(LEVELS).map(({ name }) => name)).toEqual([
      '学徒工',
      '五级/初级工',
      '四级/中级工',
      '三级/高级工',
      '二级/技师',
      '一级/高级技师',
      '特级技师',
      '首席技师',
    ]);
    expect(['3', 'T', '', '9'].map(levelName)).toEqual(['三级/高级工', '特级技师', '', '9']);
  });

  it('of certificates are 1 to 5, and T and S, which employers appoint', () => {
    const all = ['', '0', '1', '5', '6', 'T', 'S', 'A', '54'];
    expect(all.filter(isCertificateLevel)).toEqual(['1', '5', 'T', 'S']);
    expect(all.filter(isAppointedLevel)).toEqual(['T', 'S']);
    expect(['5', '4', '3', '2', '1', 'T', 'S'].filter(isReviewedLevel)).toEqual(['2', '1', 'T', 'S']);
  });
});
