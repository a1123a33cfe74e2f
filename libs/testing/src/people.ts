// People for tests: synthetic, the same for the same number on every machine, with correct check digits.
import { idCheckCharacter } from '@hengji/province';

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨'];
const GIVEN = ['安', '博文', '诚', '嘉凯', '明宁', '琪', '思睿', '涛', '欣', '哲远', '真', '岚'];
const AREAS = ['210102', '210103', '210202', '210302', '210402'];
const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

export interface TestPerson {
  readonly name: string;
  readonly idNumber: string;
}

/** The n-th person, n ≥ 0; numbers do not repeat below five million. */
export const testPerson = (n: number): TestPerson => {
  const day = new Date(Date.UTC(1970, 0, 1 + (Math.floor(n / 999) % 10_000)));
  const body = `${at(AREAS, Math.floor(n / 999 / 10_000))}${day.toISOString().slice(0, 10).replaceAll('-', '')}${String((n % 999) + 1).padStart(3, '0')}`;
  return { name: `${at(SURNAMES, n)}${at(GIVEN, Math.floor(n / SURNAMES.length))}`, idNumber: body + idCheckCharacter(body) };
};

export const testPeople = (count: number, from = 0): TestPerson[] => Array.from({ length: count }, (_, i) => testPerson(from + i));
