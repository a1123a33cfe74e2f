// Checks of codes by two officers (uscc-check.ts), with the scan of the licence.
import type { UsccCheck as Row } from '../../generated/client';
import type { Database, Tx } from './database';

type CheckKey = Pick<Row, 'uscc' | 'institution' | 'version'>;
/** A row without the scan; `replaced`: a later proposal exists. */
export type ListedCheck = Omit<Row, 'licence'> & { readonly replaced: boolean };
const MOST = 1_000;

/** Of these codes, those that are confirmed, as `<institution> <uscc>`. */
export const confirmedUsccs = async (tx: Tx, usccs: readonly string[]): Promise<ReadonlySet<string>> => {
  if (usccs.length === 0) return new Set();
  const rows = await tx.usccCheck.findMany({
    where: { uscc: { in: [...usccs] }, confirmed: true },
    select: { uscc: true, institution: true },
  });
  return new Set(rows.map(({ uscc, institution }) => `${institution} ${uscc}`));
};

/** The newest proposal, or the one with this version. */
export const findCheck = async (
  db: Database | Tx,
  { uscc, institution, version }: Omit<CheckKey, 'version'> & { readonly version?: number },
): Promise<Row | undefined> =>
  (await db.usccCheck.findFirst({
    where: { uscc, institution, ...(version === undefined ? {} : { version }) },
    orderBy: { version: 'desc' },
  })) ?? undefined;

export const saveProposal = async (tx: Tx, row: Row): Promise<void> => void (await tx.usccCheck.create({ data: row }));

export const saveDecision = async (
  tx: Tx,
  { uscc, institution, version }: CheckKey,
  decision: Pick<Row, 'confirmed' | 'decidedBy' | 'decidedByName' | 'decidedAt' | 'refusal'>,
): Promise<void> =>
  void (await tx.usccCheck.update({ where: { uscc_institution_version: { uscc, institution, version } }, data: decision }));

/** Newest first; an empty authority means all. */
export const listChecks = async (db: Database, authority: string): Promise<ListedCheck[]> => {
  const rows = await db.usccCheck.findMany({
    where: authority === '' ? {} : { authority },
    omit: { licence: true },
    orderBy: [{ proposedAt: 'desc' }, { uscc: 'asc' }, { version: 'desc' }],
    take: MOST,
  });
  const keyOf = ({ uscc, institution, version }: CheckKey): string => `${institution} ${uscc} ${version}`;
  const known = new Set(rows.map(keyOf));
  return rows.map((row) => ({ ...row, replaced: known.has(keyOf({ ...row, version: row.version + 1 })) }));
};
