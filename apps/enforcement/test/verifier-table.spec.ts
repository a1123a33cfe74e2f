// The verifier has its own table of what each measure demands, written by hand (tools/verifier/src/demands.ts). A
// certificate is therefore checked against something independent of enforcement. Only this spec compares the two tables.
import {
  CROSS_CHECKS as THEIR_CHECKS,
  demandedBy,
  DEMANDS,
  EXACT,
  HOLDS,
  NOTICES as THEIR_NOTICES,
  ownerOf,
  SERVICES as THEIR_SERVICES,
  TRANSFERS as THEIR_TRANSFERS,
  undoDemandedBy,
} from '../../../tools/verifier/src/demands';
import { CASCADE, EFFECTS, isExact, isHold, MEASURES, NOTICES, SERVICES, TRANSFERS, type Measure, type Step } from '../src/domain/cascade';
import { openRows, openUndoRows, type Row } from '../src/domain/ledger';
import { CROSS_CHECKS } from '../src/domain/residual/cross-checks';

const plain = ({ withinMinutes: _, ...step }: Step): Omit<Step, 'withinMinutes'> => step;
const facts = (row: Row) => ({
  row: String(row.number),
  measure: row.measure ?? '',
  ...row.target,
  afterRow: String(row.afterRow),
  undoesRow: String(row.undoesRow),
});

it('both tables require the same steps of each measure, in the same order', () => {
  expect(Object.entries(DEMANDS)).toEqual(MEASURES.map((measure) => [measure, (CASCADE[measure] as readonly Step[]).map(plain)]));
  expect(THEIR_NOTICES).toEqual(NOTICES.map(plain));
  expect(THEIR_TRANSFERS).toEqual(TRANSFERS);
});

it('both tables have every effect with the same service, the same holds, and the same exactly bound effects', () => {
  expect([...THEIR_SERVICES].sort()).toEqual([...SERVICES].sort());
  for (const service of SERVICES) {
    for (const effect of EFFECTS[service]) {
      expect([effect, ownerOf(effect), HOLDS.includes(effect), EXACT.includes(effect)]).toEqual([
        ...[effect, service, isHold(effect), isExact(effect)],
      ]);
    }
  }
});

it('both tables require the same cross-checks', () => {
  const plainChecks = Object.entries(CROSS_CHECKS).map(([check, { from, against }]) => [check, { from, against }]);
  expect(Object.entries(THEIR_CHECKS)).toEqual(plainChecks);
});

/** Every possible combination of measures. */
const choices: Measure[][] = Array.from({ length: 2 ** MEASURES.length - 1 }, (_, i) =>
  MEASURES.filter((__, bit) => ((i + 1) & (1 << bit)) !== 0),
);

it('both tables open the same rows for every combination of measures, and the same undo rows for a lifting of all or of one measure', () => {
  for (const measures of choices) {
    const rows = openRows(measures);
    const demanded = demandedBy(measures);
    expect(demanded).toEqual(rows.map(facts));
    for (const lifted of [measures, measures.slice(0, 1)]) {
      const undone = openUndoRows(rows, 1, lifted);
      expect(undoDemandedBy(demanded, lifted, rows.length)).toEqual(undone.map(facts));
      const again = openUndoRows([...rows, ...undone], 2, measures.slice(-1));
      expect(undoDemandedBy(demanded, measures.slice(-1), rows.length + undone.length)).toEqual(again.map(facts));
    }
  }
});
