// The verifier's own table of what each measure demands is written a second time by hand (tools/verifier/src/demands.ts), so that a
// certificate is held against something that enforcement does not say itself. Here, and nowhere else, the two are compared.
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

it('asks of each measure the same steps, in the same order', () => {
  expect(Object.entries(DEMANDS)).toEqual(MEASURES.map((measure) => [measure, (CASCADE[measure] as readonly Step[]).map(plain)]));
  expect(THEIR_NOTICES).toEqual(NOTICES.map(plain));
  expect(THEIR_TRANSFERS).toEqual(TRANSFERS);
});

it('knows every effect by its service, the holds, and what is bound exactly', () => {
  expect([...THEIR_SERVICES].sort()).toEqual([...SERVICES].sort());
  for (const service of SERVICES) {
    for (const effect of EFFECTS[service]) {
      expect([effect, ownerOf(effect), HOLDS.includes(effect), EXACT.includes(effect)]).toEqual([
        ...[effect, service, isHold(effect), isExact(effect)],
      ]);
    }
  }
});

it('asks for the same cross-checks', () => {
  const plainChecks = Object.entries(CROSS_CHECKS).map(([check, { from, against }]) => [check, { from, against }]);
  expect(Object.entries(THEIR_CHECKS)).toEqual(plainChecks);
});

/** Every choice of measures that there is. */
const choices: Measure[][] = Array.from({ length: 2 ** MEASURES.length - 1 }, (_, i) =>
  MEASURES.filter((__, bit) => ((i + 1) & (1 << bit)) !== 0),
);

it('opens the same rows for every choice of measures, and the same undo rows when it is lifted, whole or by one measure', () => {
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
