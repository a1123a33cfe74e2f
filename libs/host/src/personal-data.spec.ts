import { personalData } from './personal-data';

const keys = { sealKey: 'ab'.repeat(32), personKey: 'cd'.repeat(32) };

describe('personal data', () => {
  const data = personalData(keys);
  const opens = (text: string): boolean => {
    try {
      return data.open(text) === 'text';
    } catch {
      return false;
    }
  };

  it('opens what it sealed, and seals the same text differently each time', () => {
    const [one, two] = [data.seal('张三𠮷'), data.seal('张三𠮷')];
    expect(one).toMatch(/^v1:aes:[0-9a-f]{8}:[\w-]+:[\w-]+:[\w-]+$/);
    expect(one).not.toBe(two);
    expect(data.open(one)).toBe('张三𠮷');
    expect(data.open(data.seal(''))).toBe('');
  });

  it('does not open a text with one changed character, including the bits that base64url leaves unused', () => {
    const sealed = data.seal('text');
    const changed = [...sealed].flatMap((was, at) =>
      ['A', 'B', ':'].filter((now) => now !== was).map((now) => sealed.slice(0, at) + now + sealed.slice(at + 1)),
    );
    expect(changed.filter((text) => opens(text))).toEqual([]);
    expect(opens(sealed)).toBe(true);
  });

  it.each([
    ['too few parts', 'v1:aes:x'],
    ['too many', `${data.seal('text')}:more`],
  ])('does not open another shape: %s', (_, text) => {
    expect(() => data.open(text)).toThrow('not a v1:aes seal');
  });

  it('does not open a text sealed with another key, and reports the key', () => {
    expect(() => personalData({ ...keys, sealKey: 'ef'.repeat(32) }).open(data.seal('text'))).toThrow(/sealed with key/);
  });

  it('gives one person one pseudonym, whatever the case of X, and another one under another key', () => {
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
