// A limit that protects the institution and ends in a year that is not announced: the limit waits, is marked provisional,
// and is counted again when two people have loaded the year.
import { until } from '@hengji/testing';
import { calendarClient, daysOffIn, loadYear } from './announced-years';
import { startWorld, type World } from './enforcement';
import { anInstitution } from './neighbours';

let world: World;
beforeAll(async () => {
  world = await startWorld({}, undefined, { yearsAnnounced: false });
});

const setClock = (moment: string): void => {
  world.clock.aheadMs = new Date(moment).getTime() - Date.now();
};

it('waits, is marked provisional, and is counted again when the year is loaded', async () => {
  setClock('2026-12-30T02:00:00Z');
  const noticed = async (institution: string) => {
    const { caseId } = await world.cases.take(await world.cases.founded(institution), 'SERVE_NOTICE');
    return { caseId, reply: async () => (await world.cases.get(caseId)).deadlines.find(({ code }) => code === 'D-CASE-REPLY') };
  };
  const { caseId, reply } = await noticed(anInstitution());
  const elsewhere = await noticed(anInstitution('02'));
  // 31 December, 4 and 5 January: New Year's Day is off by law, announced or not.
  expect(await reply()).toMatchObject({ dueAt: new Date('2027-01-05T15:59:59.999Z') });
  expect((await reply())?.title).toContain('节假日安排尚未公布');

  setClock('2027-01-20T02:00:00Z');
  await until(reply, (one) => one?.state === 'NEARING');
  await expect(world.cases.take(await world.cases.get(caseId), 'CLOSE_REPLY')).rejects.toMatchObject({
    reason: 'case.too_early',
    message: expect.stringContaining('2027-01-05'),
  });
  expect((await reply())?.state).toBe('NEARING');

  const calendar = calendarClient(world.address());
  // A year with one city's own holidays is counted in that city only.
  await loadYear(calendar, { year: 2027, jurisdiction: '2102' }, [...daysOffIn(2027), { from: '2027-01-05', until: '2027-01-05' }]);
  // 31 December, 4 and 6 January.
  expect(await until(elsewhere.reply, (one) => one?.state === 'PASSED')).toMatchObject({ dueAt: new Date('2027-01-06T15:59:59.999Z') });
  expect(await reply()).toMatchObject({ state: 'NEARING', title: expect.stringContaining('节假日安排尚未公布') });

  await loadYear(calendar, { year: 2027 }, [...daysOffIn(2027), { from: '2027-01-04', until: '2027-01-05' }]);
  calendar.close();
  // 31 December, 6 and 7 January.
  const counted = await until(reply, (one) => one?.state === 'PASSED');
  expect(counted).toMatchObject({ title: '陈述申辩', dueAt: new Date('2027-01-07T15:59:59.999Z') });
  expect((await world.cases.take(await world.cases.get(caseId), 'CLOSE_REPLY')).state).toBe('HEARD');
});
