// Versions of parameters, as set by people.
import type { Day } from '@hengji/domain-kit';
import { takeTurn } from '@hengji/procedure';
import type { Unit } from '@hengji/province';
import type { ParameterStore } from '../../../application/province-data/parameters';
import type { ParameterVersion } from '../../../domain/province-data/parameter';
import type { Parameter as Row } from '../../../generated/client';
import type { Database, Tx } from '../database';
import { confirmationOf, handsOf, proposalOf } from './hands';

const versionOf = (row: Row): ParameterVersion => ({
  code: row.code,
  jurisdiction: row.jurisdiction,
  version: row.version,
  validFrom: row.validFrom as Day,
  amount: row.amount,
  unit: row.unit as Unit,
  extension: row.extension,
  source: row.source,
  reason: row.reason,
  ...handsOf(row),
});

export const parameterStore = (db: Database): ParameterStore<Tx> => ({
  lock: async (tx, { code }) => {
    await takeTurn(tx, `parameter ${code}`);
    return (await tx.parameter.findMany({ where: { code } })).map(versionOf);
  },
  insert: async (tx, { proposed, confirmed: _confirmed, ...version }) => {
    await tx.parameter.create({ data: { ...version, ...proposalOf(proposed) } });
  },
  confirm: async (tx, { code, jurisdiction, version, confirmed }) => {
    if (!confirmed) return;
    const where = { code_jurisdiction_version: { code, jurisdiction, version } };
    await tx.parameter.update({ where, data: confirmationOf(confirmed) });
  },
  all: async () => (await db.parameter.findMany()).map(versionOf),
});
