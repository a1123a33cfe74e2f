// Institutions with everything that decides their status: scope lines, holds, removals, rectifications. A page is read with one statement
// per table, for any length.
import { searchText } from '@hengji/host';
import { execute, rowsOf } from '@hengji/messaging';
import { activeHoldsOf, standingClaims } from '@hengji/participation';
import sql, { type Sql } from 'sql-template-tag';
import type { FilingStore } from '../../application/ports';
import type { FilingRecord, FilingState } from '../../domain/filing-status';
import type { Filing } from '../../domain/institution';
import type { Institution as InstitutionRow, ScopeLine as ScopeLineRow } from '../../generated/client';
import type { EvaluationKind, InstitutionClass, InstitutionCode } from '@hengji/province';
import type { Tx } from './database';
import { confirmedUsccs } from './uscc-checks';

/** The effect name of the claims of removal orders; see effects.ts. */
export const REMOVE_FILING = 'REMOVE_FILING';

const addInstitutionsSql = (searchable: string, now: string): Sql => sql`
  INSERT INTO institution (code, uscc, name, institution_class, area, authority, valid_from, valid_until, filed_at, search_text)
  SELECT code, uscc, name, "institutionClass", area, authority, "validFrom", "validUntil", ${now}::timestamptz, "searchText"
  FROM json_to_recordset(${searchable}::json) AS i(code text, uscc text, name text, "institutionClass" text, area text, authority text,
    "validFrom" text, "validUntil" text, "searchText" text)
  ORDER BY code
  ON CONFLICT DO NOTHING RETURNING code`;

const addScopeLinesSql = (lines: string): Sql => sql`
  INSERT INTO scope_line (code, position, kind, occupation, levels, implementing_department, specification)
  SELECT code, position, kind, occupation, ARRAY(SELECT json_array_elements_text(levels)), "implementingDepartment", specification
  FROM json_to_recordset(${lines}::json)
    AS l(code text, position int, kind text, occupation text, levels json, "implementingDepartment" text, specification text)`;

const filingOf = (row: InstitutionRow & { scopeLines: ScopeLineRow[] }): Filing => ({
  code: row.code as InstitutionCode,
  uscc: row.uscc,
  name: row.name,
  institutionClass: row.institutionClass as InstitutionClass,
  area: row.area,
  authority: row.authority,
  validFrom: row.validFrom,
  validUntil: row.validUntil,
  scopeLines: row.scopeLines.map(({ kind, occupation, levels, implementingDepartment, specification }) => ({
    kind: kind as EvaluationKind,
    occupation,
    levels,
    implementingDepartment,
    specification,
  })),
});

/** The nearest due day of the rectifications in force, by institution. */
const rectifyDays = async (tx: Tx, codes: string[]): Promise<Map<string, string>> => {
  const rows = await tx.rectification.groupBy({
    by: ['institution'],
    where: { institution: { in: codes }, withdrawnAt: null },
    _min: { rectifyBy: true },
  });
  return new Map(rows.map((row) => [row.institution, row._min.rectifyBy ?? '']));
};

const find = async (tx: Tx, given: readonly string[]): Promise<Map<string, FilingRecord>> => {
  const codes = [...given];
  if (codes.length === 0) return new Map();
  const rows = await tx.institution.findMany({
    where: { code: { in: codes } },
    include: { scopeLines: { orderBy: { position: 'asc' } } },
    orderBy: { code: 'asc' },
  });
  const holds = await activeHoldsOf(tx, codes);
  const removals = await standingClaims(tx, REMOVE_FILING, codes);
  const due = await rectifyDays(tx, codes);
  return new Map(
    rows.map((row) => [
      row.code,
      {
        filing: filingOf(row),
        state: row.state as FilingState,
        holds: holds.get(row.code) ?? [],
        removedBy: removals.get(row.code) ?? [],
        rectifyBy: due.get(row.code) ?? '',
      },
    ]),
  );
};

const add: FilingStore<Tx>['add'] = async (tx, filings, now) => {
  if (filings.length === 0) return new Set();
  const searchable = await Promise.all(filings.map(async (filing) => ({ ...filing, searchText: await searchText(filing.name) })));
  const added = await rowsOf<{ code: string }>(tx, addInstitutionsSql(JSON.stringify(searchable), now.toISOString()));
  const codes = new Set(added.map(({ code }) => code));
  const lines = filings
    .filter(({ code }) => codes.has(code))
    .flatMap(({ code, scopeLines }) => scopeLines.map((line, position) => ({ code, position, ...line })));
  await execute(tx, addScopeLinesSql(JSON.stringify(lines)));
  return codes;
};

export const filingStore = (): FilingStore<Tx> => ({
  add,
  find,
  count: async (tx) => BigInt(await tx.institution.count()),
  confirmedUsccs,
});
