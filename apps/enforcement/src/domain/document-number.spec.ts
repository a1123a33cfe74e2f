import { counterFor, documentNumber } from './document-number';

const noon = (day: string): Date => new Date(`${day}T12:00:00+08:00`);

describe('document numbers', () => {
  it.each([
    ['LN', '辽人社鉴处〔2026〕3号'],
    ['LN-SF', '沈抚人社鉴处〔2026〕3号'],
    ['2101', '沈人社鉴处〔2026〕3号'],
    ['2110', '辽阳人社鉴处〔2026〕3号'],
    ['2114', '葫人社鉴处〔2026〕3号'],
  ])('%s writes %s', (authority, text) => {
    expect(documentNumber(counterFor('order', authority, noon('2026-06-01')), 3)).toBe(text);
  });

  it('numbers liftings in a series of their own', () => {
    expect(documentNumber(counterFor('lifting', 'LN', noon('2026-06-01')), 1)).toBe('辽人社鉴解〔2026〕1号');
  });

  it.each([
    ['2026-12-31T23:59:59+08:00', 2026],
    ['2027-01-01T00:00:00+08:00', 2027],
  ])('counts the year in Shanghai: %s', (instant, year) => {
    expect(counterFor('order', '2101', new Date(instant)).year).toBe(year);
  });

  it('refuses an unknown authority', () => {
    expect(() => counterFor('order', '2115', noon('2026-06-01'))).toThrow(expect.objectContaining({ reason: 'authority.unknown' }));
  });

  it('gives each of the sixteen authorities its own short name', () => {
    const cities = Array.from({ length: 14 }, (_, i) => String(2101 + i));
    const texts = ['LN', 'LN-SF', ...cities].map((a) => documentNumber(counterFor('order', a, noon('2026-06-01')), 1));
    expect(new Set(texts).size).toBe(16);
  });
});
