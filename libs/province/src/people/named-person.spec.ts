import { maskName, namedPerson } from './named-person';

const refusal = (given: Parameters<typeof namedPerson>[0]): unknown => {
  try {
    return namedPerson(given, 'results[2].candidate');
  } catch (thrown) {
    return thrown;
  }
};

describe('people', () => {
  it('shows the surname and masks the rest', () => {
    expect(['张三', '张三丰', '张', '𠮷野家'].map(maskName)).toEqual(['张*', '张**', '张*', '𠮷**']);
  });

  it('normalises a valid person', () => {
    expect(namedPerson({ name: ' 张三 ', idNumber: '11010519491231002x ' }, 'candidate')).toEqual({
      name: '张三',
      idNumber: '11010519491231002X',
    });
    expect(namedPerson({ name: '阿卜杜拉·买买提', idNumber: '210102199003070011' }, 'candidate').name).toBe('阿卜杜拉·买买提');
  });

  it.each([
    ['no person', undefined, 'person.name_invalid', 'results[2].candidate.name'],
    ['an empty name', { name: ' ', idNumber: '210102199003070011' }, 'person.name_invalid', 'results[2].candidate.name'],
    [
      'a name of 51 characters',
      { name: '张'.repeat(51), idNumber: '210102199003070011' },
      'person.name_invalid',
      'results[2].candidate.name',
    ],
    ['a number as name', { name: '12', idNumber: '210102199003070011' }, 'person.name_invalid', 'results[2].candidate.name'],
    ['a wrong check digit', { name: '张三', idNumber: '210102199003070012' }, 'person.id_invalid', 'results[2].candidate.id_number'],
    ['a day that never was', { name: '张三', idNumber: '211103196702291236' }, 'person.id_invalid', 'results[2].candidate.id_number'],
    ['17 digits', { name: '张三', idNumber: '21010219900307001' }, 'person.id_invalid', 'results[2].candidate.id_number'],
  ])('refuses %s, naming the field', (_case, given, reason, field) => {
    expect(refusal(given)).toMatchObject({ kind: 'invalid', reason, detail: { field } });
  });

  it('accepts a name of 50 characters', () => {
    expect(namedPerson({ name: '张'.repeat(50), idNumber: '210102199003070011' }, 'candidate').name).toHaveLength(50);
  });
});
