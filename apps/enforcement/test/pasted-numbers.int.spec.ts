// A pasted list is checked before anything is drafted, and an order is not drafted on a certificate that does not exist.
import { randomUUID } from 'node:crypto';
import { query, tellInstitution, until } from '@hengji/testing';
import { city, DRAFTER, province, startWorld, type World } from './enforcement';

let world: World;
const OWN = 'S000021010061';
const ELSEWHERE = 'S000021020061';
const number = (n: number, institution = OWN): string => `${institution}263${String(n).padStart(6, '0')}`;
const found = (one: string, state: 'ISSUED' | 'VOIDED' = 'ISSUED') => ({ number: one, institution: one.slice(0, 13), state });

beforeAll(async () => {
  world = await startWorld();
  await tellInstitution(world.probe, { code: ELSEWHERE, name: '大连职业培训学校', authority: '2102', area: '210203' });
});
beforeEach(() => (world.neighbours.certificate.certificates = [found(number(1)), found(number(2), 'VOIDED'), found(number(3, ELSEWHERE))]));
afterAll(() => (world.neighbours.certificate.certificates = null));

const check = (text: string, actor = DRAFTER) => world.client().checkNumbers({ actor, institution: OWN, text });
const wordsOf = async (text: string, actor = DRAFTER) => (await check(text, actor)).lines.map(({ standing, words }) => [standing, words]);

it('says what each line names, and names another institution only to those who may see it', async () => {
  const text = `证书编号：${number(1).toLowerCase()}\n${number(2)}\n${number(3, ELSEWHERE)}\n${number(4)}\n${number(1)}\n${number(5).slice(1)}`;
  const seen = [
    ['FOUND', ''],
    ['VOID', '该证书已经作废'],
    ['OTHER_INSTITUTION', '属于其他机构'],
    ['UNKNOWN', '没有这个编号的证书'],
    ['DUPLICATE', '与第1行重复'],
    ['MALFORMED', '证书编号应为22位(1位字母加21位数字，如S000021010003261000001)，收到21位'],
  ];
  expect(await wordsOf(text)).toEqual(seen);
  // The place of the institution arrives by Kafka.
  const named = await until(
    () => wordsOf(text, province('p')),
    (lines) => lines[2]?.[1] !== '属于其他机构',
  );
  expect(named[2]).toEqual(['OTHER_INSTITUTION', '属于其他机构：大连职业培训学校']);
  expect((await wordsOf(text))[2]).toEqual(['OTHER_INSTITUTION', '属于其他机构']);
});

it('asks once for ten thousand numbers, and answers within five seconds', async () => {
  const { certificate } = world.neighbours;
  certificate.certificates = null;
  const asked = certificate.numbersAsked;
  const text = Array.from({ length: 10_000 }, (_, i) => number(i + 1)).join('\n');
  const before = performance.now();
  const { lines } = await check(text);
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(lines.filter(({ standing }) => standing === 'FOUND')).toHaveLength(10_000);
  expect(certificate.numbersAsked - asked).toBe(1);
});

it.each([
  ['no number', ' \n ', DRAFTER, 'order.numbers_missing'],
  ['too many', Array.from({ length: 10_001 }, (_, i) => number(i + 1)).join('\n'), DRAFTER, 'order.numbers_too_many'],
  ['an officer of another city', number(1), city('x', '2102'), 'order.out_of_territory'],
])('refuses %s', async (_, text, actor, reason) => {
  await expect(check(text, actor)).rejects.toMatchObject({ reason });
});

const draft = async (certificates: string[]) => {
  const { caseId } = await world.cases.founded(OWN);
  const content = { measures: ['CANCEL_RESULTS' as const], grounds: ['FORGED_PAPERS' as const], reason: '伪造试卷' };
  return world
    .client()
    .draftOrder({ requestId: randomUUID(), actor: DRAFTER, caseId, scope: { institution: OWN, certificates }, ...content });
};
const written = async (): Promise<number> => (await query<{ n: number }>(world.url, 'SELECT count(*)::int AS n FROM orders'))[0]?.n ?? -1;

it('drafts nothing on a number that does not exist', async () => {
  const before = await written();
  const refusal = { reason: 'order.numbers_unknown', detail: { field: 'scope.certificates[1]' } };
  await expect(draft([number(1), number(4)])).rejects.toMatchObject(refusal);
  expect(await written()).toBe(before);
  expect((await draft([number(1), number(2)])).order?.scope?.certificates).toEqual([number(1), number(2)]);
});

it('drafts nothing while certificate does not answer; a scope without numbers needs no answer', async () => {
  const { certificate } = world.neighbours;
  await certificate.stop();
  try {
    await expect(draft([number(1)])).rejects.toMatchObject({ kind: 'unavailable', reason: 'order.numbers_unchecked' });
    expect((await draft([])).order?.state).toBe('DRAFT');
  } finally {
    await certificate.start();
  }
});
