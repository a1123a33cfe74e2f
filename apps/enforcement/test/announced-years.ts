// Years of the calendar that are not announced yet, made up for tests: the statutory holidays and nothing else. Without
// them, a limit in such a year would stay provisional, as a real one does.
import { randomUUID } from 'node:crypto';
import { CalendarServiceDefinition, type CalendarServiceClient } from '@hengji/contracts/enforcement/v1/calendar_service';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { grpcClient } from '@hengji/host';
import { PUBLISHED_YEARS, statutoryHolidays } from '@hengji/province';
import { query, TEST_CALLER_SECRET } from '@hengji/testing';

const LAST_ANNOUNCED = Math.max(...PUBLISHED_YEARS.map(({ year }) => year));

export const daysOffIn = (year: number): { from: string; until: string }[] =>
  [...statutoryHolidays(year)].sort().map((day) => ({ from: day, until: day }));

/** Loads the years after the announced ones, up to the second year from now, into the database as two people would. */
export const announceYears = async (url: string): Promise<void> => {
  const until = new Date().getUTCFullYear() + 2;
  for (let year = LAST_ANNOUNCED + 1; year <= until; year += 1) {
    const off = JSON.stringify(daysOffIn(year).map((range) => [range.from, range.until]));
    await query(
      url,
      `INSERT INTO calendar_year (jurisdiction, year, version, off, worked, source, proposed_by, proposed_name, proposed_at, confirmed_by, confirmed_name, confirmed_at)
       VALUES ('CN', ${year}, 1, '${off}', '{}', '测试', 'op-a', '甲', now(), 'op-b', '乙', now())`,
    );
  }
};

export const operator = (officerId: string): Actor =>
  Actor.fromPartial({ officerId, name: `${officerId}的名字`, role: 'OPERATOR', authority: 'LN' });

export const calendarClient = (address: string): CalendarServiceClient & { close(): void } =>
  grpcClient(CalendarServiceDefinition, address, { caller: 'gateway', secret: TEST_CALLER_SECRET, deadlineMs: 5_000 });

/** Proposed by one person, confirmed by another. */
export const loadYear = async (
  calendar: CalendarServiceClient,
  { year, jurisdiction = 'CN' }: { readonly year: number; readonly jurisdiction?: string },
  off: { from: string; until: string }[],
): Promise<void> => {
  const key = { jurisdiction, year };
  const proposal = { ...key, requestId: randomUUID(), actor: operator('op-a'), off, worked: [], source: '测试' };
  const proposed = await calendar.proposeCalendarYear(proposal);
  await calendar.confirmCalendarYear({ ...key, actor: operator('op-b'), version: proposed.year?.version ?? 0 });
};
