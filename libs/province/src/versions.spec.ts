import type { Day } from '@hengji/domain-kit';
import { versionOn, type DatedVersion } from './versions';

const at = (jurisdiction: string, version: number, validFrom: string): DatedVersion => ({
  jurisdiction,
  version,
  validFrom: validFrom as Day,
});
const VERSIONS = [at('LN', 1, '2026-03-01'), at('LN', 2, '2026-01-01'), at('LN', 3, '2026-03-01'), at('2101', 1, '2026-06-01')];

describe('the version in force', () => {
  it.each<[string, string, string]>([
    ['2101', '2025-12-31', 'none'],
    ['2101', '2026-01-01', 'LN 2'],
    ['2101', '2026-02-28', 'LN 2'],
    ['2101', '2026-03-01', 'LN 3'],
    ['2101', '2026-05-31', 'LN 3'],
    ['2101', '2026-06-01', '2101 1'],
    ['2102', '2026-06-01', 'LN 3'],
    ['LN', '2026-06-01', 'LN 3'],
  ])('at %s on %s is %s', (place, day, expected) => {
    const found = versionOn(VERSIONS, place, day as Day);
    expect(found ? `${found.jurisdiction} ${found.version}` : 'none').toBe(expected);
  });
});
