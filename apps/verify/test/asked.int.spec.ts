// The public query's number and name as people write them, and what is said about a number of something else. The rules, with more rows, are in
// libs/province/src/codes/asked-number.spec.ts.
import { CODE, issued, numberOf, openStage, type Stage } from './stage';

const NUMBER = numberOf(CODE, 7);
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.start();
  await stage.say(CODE, issued(CODE, 30));
  await stage.becomes(NUMBER, 'valid');
});
afterAll(() => stage.close());

const ask = (typed: string, query = '') => stage.get(`${encodeURIComponent(typed)}${query}`);

it.each([
  `证书编号：${NUMBER}。`,
  `No. ${NUMBER.slice(0, 9)}\n${NUMBER.slice(9)}`,
  `${NUMBER.slice(0, 9)}\u00AD${NUMBER.slice(9)}`,
  `（${NUMBER.toLowerCase()}）`,
])('answers for %j', async (typed) => expect(await ask(typed)).toMatchObject({ http: 200, body: { number: NUMBER, status: 'valid' } }));

it.each([
  ['S000023010001263000001', 'certificate.number_elsewhere', '黑龙江省'],
  ['1521001004300001', 'certificate.number_elsewhere', '职业资格证书'],
  ['YS00002101000126000001', 'certificate.number_elsewhere', '特级技师'],
  ['210102199003070011', 'certificate.number_personal', '身份证号码'],
  ['S000021010001', 'certificate.number_other', '评价机构代码'],
])('answers %s with what it is', async (typed, code, words) => {
  const { http, body } = await ask(typed);
  expect([http, body]).toEqual([400, expect.objectContaining({ code, field: 'number', title: expect.stringContaining(words) })]);
  expect(JSON.stringify(body)).not.toContain('19900307');
});

it('compares the name in one spelling', async () => {
  for (const name of ['张三', '张 三', ' 张\u3000三 ', '张\u200B三'])
    expect((await ask(NUMBER, `?name=${encodeURIComponent(name)}`)).body).toMatchObject({ nameMatches: true });
});

it('counts a number in another spelling as the same series', async () => {
  await stage.stop();
  await stage.start({ COUNTED_UP_LIMIT: '30' });
  await stage.becomes(NUMBER, 'valid');
  const spelled = (serial: number): string => {
    const number = numberOf(CODE, 100 + serial);
    return `${['', ' ', 'No.', '编号：'].at(serial % 4)}${serial % 3 === 0 ? number.toLowerCase() : number}`;
  };
  const seen: number[] = [];
  for (let serial = 1; serial <= 40; serial += 1) seen.push((await ask(spelled(serial))).http);
  expect([seen.filter((http) => http === 404).length, seen.at(-1)]).toEqual([30, 429]);
});
