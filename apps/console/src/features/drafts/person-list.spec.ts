import { chosenOf, personsOf, withPerson } from './person-list';

const OWN = 'S000021010001';
const record = (kind: 'CERTIFICATE' | 'RESULT' | 'PAYMENT', institution = OWN, maskedName = '张*') => ({
  ...{ kind, institution, maskedName },
  person: 'ab'.repeat(16),
});

describe('the persons of a scope', () => {
  it('are chosen by their records at the institution, and shown masked', () => {
    const records = [record('CERTIFICATE'), record('RESULT'), record('CERTIFICATE', 'S000021020001'), record('PAYMENT', OWN, '')];
    expect(chosenOf(records, OWN)).toEqual({ person: 'ab'.repeat(16), label: '张*（证书 1、评价结果 1）' });
  });

  it.each([
    ['no record', []],
    ['records of another institution only', [record('CERTIFICATE', 'S000021020001')]],
    ['records without a pseudonym', [{ ...record('CERTIFICATE'), person: '' }]],
  ])('%s: nobody is chosen', (_, records) => expect(chosenOf(records, OWN)).toBeUndefined());

  it('stand in the list once', () => {
    const [first] = personsOf(['a']);
    expect(first && withPerson([first], { person: 'a', label: '张*' })).toEqual([{ person: 'a', label: '张*' }]);
    expect(withPerson(personsOf(['a', 'b']), { person: 'c', label: '李*' }).map(({ person }) => person)).toEqual(['a', 'b', 'c']);
  });
});
