// Days that the law counts are days in Asia/Shanghai (UTC+8, without daylight saving since 1991).
import type { Day } from './branded';

const SHANGHAI_OFFSET_MS = 8 * 60 * 60 * 1000;

/** True if the day exists in the calendar; days are YYYY-MM-DD in Asia/Shanghai. */
export const isDay = (text: string): text is Day => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
};

/** The day in Asia/Shanghai at an instant. */
export const dayOf = (instant: Date): Day => new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as Day;

/** The time of day in Asia/Shanghai, HH:MM. */
export const timeOf = (instant: Date): string => new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(11, 16);

/** The instant this many minutes later. */
export const minutesAfter = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * 60_000);
