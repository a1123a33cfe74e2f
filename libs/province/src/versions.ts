// Values of the province that change from a given day: one row per version, valid from its day in a jurisdiction, which is an authority's
// code.
import type { Day } from '@hengji/domain-kit';
import { PROVINCE } from './places/authorities';

export interface DatedVersion {
  /** LN for the province, or the code of the authority whose territory the version applies to. */
  readonly jurisdiction: string;
  /** From 1 in each jurisdiction. */
  readonly version: number;
  readonly validFrom: Day;
}

/** Later days first; of one day the higher version first. */
const latest = (a: DatedVersion, b: DatedVersion): number => b.validFrom.localeCompare(a.validFrom) || b.version - a.version;

/**
 * The version in force at a place (an authority's code) on a day: the place's own version if one is valid by then, otherwise the
 * province's.
 */
export const versionOn = <V extends DatedVersion>(versions: readonly V[], place: string, day: Day): V | undefined =>
  [place, PROVINCE]
    .map((jurisdiction) => versions.filter((one) => one.jurisdiction === jurisdiction && one.validFrom <= day).toSorted(latest)[0])
    .find((found) => found !== undefined);
