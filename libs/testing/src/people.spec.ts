import { isIdNumber } from '@hengji/province';
import { testPeople } from './people';

it('makes people with valid numbers that do not repeat', () => {
  const people = testPeople(5_000);
  expect(people.filter(({ idNumber }) => !isIdNumber(idNumber))).toEqual([]);
  expect(new Set(people.map(({ idNumber }) => idNumber)).size).toBe(people.length);
  expect(testPeople(1, 4_999)[0]).toEqual(people[4_999]);
});
