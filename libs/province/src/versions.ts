// Values of the province that change from a day on: a row for each version, valid from its day in a jurisdiction, which is an authority's code.
import type { Day } from '@hengji/domain-kit';
import { PROVINCE } from './places/authorities';

export interface DatedVersion {
  /** LN for the province, or the code of the authority whose territory it is for. */
  readonly jurisdiction: string;
  /** From 1 in each jurisdiction. */
  readonly version: number;
  readonly validFrom: Day;
}

/** The later day first, of one day the higher version. */
const latest = (a: DatedVersion, b: DatedVersion): number => b.validFrom.localeCompare(a.validFrom) || b.version - a.version;

/** What holds at a place (an authority's code) on a day: its own version if there is one by then, else the province's. */
export const versionOn = <V extends DatedVersion>(versions: readonly V[], place: string, day: Day): V | undefined =>
  [place, PROVINCE]
    .map((jurisdiction) => versions.filter((one) => one.jurisdiction === jurisdiction && one.validFrom <= day).toSorted(latest)[0])
    .find((found) => found !== undefined);
