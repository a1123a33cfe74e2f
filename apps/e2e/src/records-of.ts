// The current records of an institution, read page by page through the gateway as an officer would.
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import type { Certificate } from '@hengji/contracts/certificate/v1/certificate';
import type { Plan, Result } from '@hengji/contracts/exam/v1/exam';
import type { Payment, Recovery } from '@hengji/contracts/subsidy/v1/subsidy';
import type { Json } from '@hengji/contracts';
import { until } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';

interface Page<T> {
  readonly items: T[];
  readonly next: string;
}

const every = async <T>(officer: Officer, path: string): Promise<T[]> => {
  const all: T[] = [];
  for (let after = ''; ;) {
    const page = await officer.get<Page<T>>(`${path}?limit=1000${after === '' ? '' : `&after=${encodeURIComponent(after)}`}`);
    all.push(...page.items);
    if (page.next === '') return all;
    after = page.next;
  }
};

export interface Records {
  readonly filing: Json<Institution>;
  readonly plans: Json<Plan>[];
  readonly results: Json<Result>[];
  readonly certificates: Json<Certificate>[];
  readonly payments: Json<Payment>[];
  readonly recoveries: Json<Recovery>[];
}

export const recordsOf = async (officer: Officer, institution: string): Promise<Records> => {
  const path = `/institutions/${institution}`;
  const [filing, plans, results, certificates, payments, recoveries] = await Promise.all([
    officer.get<Json<Institution>>(path),
    every<Json<Plan>>(officer, `${path}/plans`),
    every<Json<Result>>(officer, `${path}/results`),
    every<Json<Certificate>>(officer, `${path}/certificates`),
    every<Json<Payment>>(officer, `${path}/payments`),
    every<Json<Recovery>>(officer, `${path}/recoveries`),
  ]);
  return { filing, plans, results, certificates, payments, recoveries };
};

const SETTLES_WITHIN_MS = 20_000;

/** The records once they are as expected, or the last reading: the caller's expectation then shows the difference. */
export const recordsOnce = async (officer: Officer, institution: string, good: (records: Records) => boolean): Promise<Records> => {
  let last = await recordsOf(officer, institution);
  const again = async (): Promise<Records> => (last = await recordsOf(officer, institution));
  return until(again, good, { withinMs: SETTLES_WITHIN_MS }).catch(() => last);
};
