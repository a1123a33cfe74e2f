// Years of the working-day calendar over gRPC: two people load a year, its versions are kept, and limits are counted by
// it.
import { randomUUID } from 'node:crypto';
import type { CalendarYear } from '@hengji/contracts/enforcement/v1/calendar';
import type { CalendarServiceClient, ProposeCalendarYearRequest } from '@hengji/contracts/enforcement/v1/calendar_service';
import { query } from '@hengji/testing';
import { calendarClient, operator } from './announced-years';
import { DRAFTER, startWorld, type World } from './enforcement';

const reason = (slug: string) => expect.objectContaining({ reason: slug });

let world: World;
let calendar: CalendarServiceClient & { close(): void };
beforeAll(async () => {
  world = await startWorld({}, undefined, { yearsAnnounced: false });
  calendar = calendarClient(world.address());
});
afterAll(() => calendar.close());

const range = (from: string, until = from) => ({ from, until });
/** Made up for the test: the holidays of 2027 are not announced yet. */
const year2027 = (over: Partial<ProposeCalendarYearRequest> = {}): ProposeCalendarYearRequest => ({
  requestId: randomUUID(),
  actor: operator('op-a'),
  jurisdiction: 'CN',
  year: 2027,
  off: [
    range('2027-01-01', '2027-01-03'),
    range('2027-02-05', '2027-02-12'),
    range('2027-04-03', '2027-04-05'),
    range('2027-05-01', '2027-05-05'),
    range('2027-06-09'),
    range('2027-09-15'),
    range('2027-10-01', '2027-10-07'),
  ],
  worked: ['2027-02-14', '2027-05-08', '2027-09-26', '2027-10-09'],
  source: '国务院办公厅关于2027年部分节假日安排的通知（测试）',
  ...over,
});
const listed = async (year: number): Promise<CalendarYear[]> =>
  (await calendar.listCalendarYears({ actor: DRAFTER })).years.filter((one) => one.year === year);

it('shows the years of the release, with their counts', async () => {
  const { years } = await calendar.listCalendarYears({ actor: DRAFTER });
  expect(years.map(({ year, version, state, workingDays }) => [year, version, state, workingDays])).toEqual([
    [2026, 0, 'IN_FORCE', 248],
    [2025, 0, 'IN_FORCE', 248],
    [2024, 0, 'IN_FORCE', 251],
  ]);
});

it('accepts a year from two people, keeps every version, and shows which version is in force', async () => {
  const first = year2027();
  const proposed = (await calendar.proposeCalendarYear(first)).year;
  expect(proposed).toMatchObject({ version: 1, state: 'PROPOSED', daysOff: 28, daysMadeUp: 4, confirmed: undefined });
  expect((await calendar.proposeCalendarYear(first)).year).toEqual(proposed);
  const confirming = { jurisdiction: 'CN', year: 2027, version: 1 };
  await expect(calendar.confirmCalendarYear({ ...confirming, actor: operator('op-a') })).rejects.toEqual(reason('calendar.same_person'));
  await expect(calendar.confirmCalendarYear({ ...confirming, actor: DRAFTER })).rejects.toEqual(reason('calendar.role_forbidden'));
  const confirmed = (await calendar.confirmCalendarYear({ ...confirming, actor: operator('op-b') })).year;
  expect(confirmed).toMatchObject({
    state: 'IN_FORCE',
    proposed: { officerId: 'op-a', name: 'op-a的名字' },
    confirmed: { officerId: 'op-b' },
  });
  expect((await calendar.confirmCalendarYear({ ...confirming, actor: operator('op-b') })).year).toEqual(confirmed);

  const corrected = year2027({ worked: [...first.worked, '2027-03-06'] });
  await calendar.proposeCalendarYear(corrected);
  expect((await listed(2027)).map(({ version, state }) => [version, state])).toEqual([
    [2, 'PROPOSED'],
    [1, 'IN_FORCE'],
  ]);
  await calendar.confirmCalendarYear({ ...confirming, version: 2, actor: operator('op-b') });
  expect((await listed(2027)).map(({ version, state }) => [version, state])).toEqual([
    [2, 'IN_FORCE'],
    [1, 'REPLACED'],
  ]);
});

it('refuses an impossible year, naming the entry, and writes nothing', async () => {
  const before = await query(world.url, 'SELECT count(*)::int AS n FROM calendar_year');
  await expect(calendar.proposeCalendarYear(year2027({ off: [range('2027-01-01')] }))).rejects.toEqual(reason('calendar.year_invalid'));
  await expect(calendar.proposeCalendarYear(year2027({ actor: DRAFTER }))).rejects.toEqual(reason('calendar.role_forbidden'));
  expect(await query(world.url, 'SELECT count(*)::int AS n FROM calendar_year')).toEqual(before);
});

it('keeps a version as it was proposed, even against a direct database connection', async () => {
  await expect(query(world.url, `UPDATE calendar_year SET off = '[]' WHERE year = 2027`)).rejects.toThrow('never changed');
  await expect(query(world.url, 'DELETE FROM calendar_year')).rejects.toThrow('never deleted');
});

it('gives proposals of one year that are made at once different versions', async () => {
  const asked = [1, 2, 3].map((n) => calendar.proposeCalendarYear(year2027({ jurisdiction: '2101', actor: operator(`op-${n}`) })));
  const versions = (await Promise.all(asked)).map(({ year }) => year?.version ?? 0);
  expect(versions.sort()).toEqual([1, 2, 3]);
});
