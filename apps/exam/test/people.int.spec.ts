// Results of one person by name and ID number: in the territory only, masked, and each search is an act with its purpose.
import { randomUUID } from 'node:crypto';
import { PersonServiceDefinition, type LookUpPersonRequest } from '@hengji/contracts/procedure/v1/person_service';
import { grpcClient } from '@hengji/host';
import { actsOfWork, closeAfterSuite, query, TEST_CALLER_SECRET, testPerson } from '@hengji/testing';
import { type ExamUnderTest, newInstitution, OFFICER, publishedResults, startExam } from './exam-under-test';

let exam: ExamUnderTest;
let look: (change?: Partial<LookUpPersonRequest>) => ReturnType<ReturnType<typeof clientOf>['lookUpPerson']>;
const institution = newInstitution();
const { name, idNumber } = testPerson(1);

const clientOf = (address: string) =>
  grpcClient(PersonServiceDefinition, address, { caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 20_000 });

beforeAll(async () => {
  exam = await startExam();
  await query(exam.database, `INSERT INTO institution_place VALUES ($1, '某评价机构', '2101', '210102', '')`, [institution]);
  await publishedResults(exam, institution, 3);
  const client = clientOf(exam.address);
  closeAfterSuite(async () => client.close());
  look = (change = {}) =>
    client.lookUpPerson({
      ...{ requestId: randomUUID(), actor: OFFICER, name, idNumber, person: '', certificateNumbers: [] },
      ...{ purpose: 'COMPLAINT', note: '核查举报' },
      ...change,
    });
});

const city = (authority: string) => ({ ...OFFICER, officerId: `of ${authority}`, role: 'CITY_OFFICER' as const, authority });

it('finds the person in every notation of name and number, masked, with the institution', async () => {
  const typed = { name: ` ${[...name].join('　')} `, idNumber: idNumber.split('').join(' ').toLowerCase() };
  for (const asked of [{}, typed, { actor: city('2101') }]) {
    const { records, institutions, person, more } = await look(asked);
    expect(records).toEqual([
      expect.objectContaining({ kind: 'RESULT', institution, state: 'PUBLISHED', occupation: '6-31-01-03', level: '4', fen: 0n }),
    ]);
    expect(records[0]?.maskedName).toMatch(/^.\*+$/);
    expect(institutions).toMatchObject([{ code: institution, name: '某评价机构', authority: '2101' }]);
    expect(person).toMatch(/^[0-9a-f]{32}$/);
    expect(records[0]?.person).toBe(person);
    expect(more).toBe(false);
  }
});

it('gives the same answer for a number under another name, an unknown number, and one of another territory', async () => {
  const nobody = { records: [], institutions: [], person: '', more: false };
  expect(await look({ name: testPerson(2).name })).toEqual(nobody);
  expect(await look({ idNumber: testPerson(99).idNumber })).toEqual(nobody);
  expect(await look({ actor: city('2102') })).toEqual(nobody);
  expect(await look({ actor: { ...OFFICER, role: 'OPERATOR' } })).toEqual(nobody);
});

it('stores each search as an act, with its purpose and without the number, also a search without result', async () => {
  const acts = await actsOfWork(exam.database, async () => {
    await look({ requestId: 'look-1' });
    await look({ name: testPerson(2).name, purpose: 'OTHER', note: '信访' });
  });
  const on = expect.stringMatching(/^person [0-9a-f]{32}$/) as string;
  expect(acts).toEqual([
    expect.objectContaining({
      what: 'LookUpPerson',
      by: 'PERSON u1',
      on,
      institution,
      purpose: '核查投诉举报：核查举报',
      requestId: 'look-1',
    }),
    expect.objectContaining({ what: 'LookUpPerson', on, institution: '', purpose: '其他：信访', evidence: [] }),
  ]);
  expect(acts[0]?.evidence).toHaveLength(1);
  expect(JSON.stringify(acts)).not.toContain(idNumber);
});

it.each<[string, Partial<LookUpPersonRequest>, string]>([
  ['nobody who asks', { actor: undefined }, 'unauthenticated actor.missing'],
  ['a name alone', { idNumber: '' }, 'invalid person.id_invalid'],
  ['a number alone', { name: '' }, 'invalid person.name_invalid'],
  ['no purpose', { purpose: 'UNSPECIFIED' }, 'invalid person.purpose_missing'],
  ['no note', { note: ' ' }, 'invalid person.purpose_invalid'],
])('refuses %s, and writes no act', async (_, change, refusal) => {
  const acts = await actsOfWork(exam.database, () =>
    expect(look(change).catch(({ kind, reason }: { kind: string; reason: string }) => `${kind} ${reason}`)).resolves.toBe(refusal),
  );
  expect(acts).toEqual([]);
});

it('refuses the 61st search of one officer within an hour, and no other officer', async () => {
  const [actor, other] = [city('2103'), city('2104')];
  const looks = await Promise.allSettled(Array.from({ length: 61 }, () => look({ actor })));
  const refused = looks.flatMap((one) => (one.status === 'rejected' ? [one.reason as { kind: string; reason: string }] : []));
  expect(refused).toMatchObject([{ kind: 'tooOften', reason: 'person.too_many_looks' }]);
  await expect(look({ actor: other })).resolves.toMatchObject({ records: [] });
});
