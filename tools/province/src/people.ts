// Synthetic people: a name from fixed lists of characters and an ID number with a correct check digit. None of them is a
// real person. The sequence part runs through all values, so two people of one province never share a number.
import type { Candidate } from '@hengji/contracts/exam/v1/exam';
import { idCheckCharacter } from '@hengji/province';
import { AREAS } from './places';
import { random } from './random';

const SURNAMES = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜'];
const GIVEN = [...'安博诚达恩凡刚浩嘉凯朗明宁鹏琪睿思涛文欣雅哲真洲晴岚越清远立新春'];
const SEQUENCES = 999;

/** The n-th person of the province: area, birthday and sequence are its mixed-radix digits, so numbers never collide. */
export const person = (n: number): Candidate => {
  const chance = random(`person ${n}`);
  const area = AREAS[n % AREAS.length] ?? '210102';
  const rest = Math.floor(n / AREAS.length);
  const sequence = 1 + (rest % SEQUENCES);
  const day = Math.floor(rest / SEQUENCES);
  const birth = new Date(Date.UTC(1970, 0, 1 + ((day * 37) % 12_000)));
  const body = `${area}${birth.toISOString().slice(0, 10).replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  const given = chance.chance(0.7) ? chance.pick(GIVEN) + chance.pick(GIVEN) : chance.pick(GIVEN);
  return { name: chance.pick(SURNAMES) + given, idNumber: body + idCheckCharacter(body) };
};
