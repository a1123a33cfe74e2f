import { personalData } from './personal-data';

const keys = { sealKey: 'ab'.repeat(32), personKey: 'cd'.repeat(32) };

describe('personal data', () => {
  const data = personalData(keys);

  it('opens what it sealed, and seals the same text differently each time', () => {
    const [one, two] = [data.seal('张三𠮷'), data.seal('张三𠮷')];
    expect(one).toMatch(/^v1:aes:[0-9a-f]{8}:[\w-]+:[\w-]+:[\w-]+$/);
    expect(one).not.toBe(two);
    expect(data.open(one)).toBe('张三𠮷');
    expect(data.open(data.seal(''))).toBe('');
  });

  it.each([
    ['a changed byte', (sealed: string) => sealed.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A'))],
    ['another shape', () => 'v1:aes:x'],
  ])('does not open %s', (_, break_) => {
    expect(() => data.open(break_(data.seal('text')))).toThrow();
  });

  it('does not open what another key sealed, and says so', () => {
    expect(() => personalData({ ...keys, sealKey: 'ef'.repeat(32) }).open(data.seal('text'))).toThrow(/sealed with key/);
  });

  it('gives one person one pseudonym, whatever the case of X, and another under another key', () => {
    expect(data.pseudonym(' 21010219900307001x ')).toBe(data.pseudonym('21010219900307001X'));
    expect(data.pseudonym('21010219900307001X')).toMatch(/^[0-9a-f]{32}$/);
    expect(personalData({ ...keys, personKey: '11'.repeat(32) }).pseudonym('21010219900307001X')).not.toBe(
      data.pseudonym('21010219900307001X'),
    );
  });

  it('refuses keys of the wrong length', () => {
    expect(() => personalData({ ...keys, personKey: 'short' })).toThrow('PERSON_KEY');
  });
});
