// The stage of a step that hands a case over. A case that another authority gets continues under a number of that authority's series; back
// with the authority of the filing, it has its first number again.
import type { Stage } from '@hengji/procedure';
import type { Case } from '../../domain/cases/case';
import type { CaseTerms } from '../../domain/cases/terms';
import { counterFor } from '../../domain/document-number';
import type { Numbers } from '../ports';
import type { HandingOver } from './ports';

interface Deps<Tx> {
  readonly handing: HandingOver<Tx>;
  readonly numbers: Pick<Numbers<Tx>, 'documentNumber'>;
}

const numbered = async <Tx>({ numbers }: Deps<Tx>, tx: Tx, file: Case, now: Date): Promise<Case> => {
  const { authority, filedWith, number } = file;
  const first = file.formerNumber === '' ? number : file.formerNumber;
  if (authority === filedWith) return { ...file, number: first, formerNumber: '' };
  return { ...file, number: await numbers.documentNumber(tx, counterFor('case', authority, now)), formerNumber: first };
};

/** Runs before the case is saved, because its tasks are derived then. */
export const handOver =
  <Tx>(deps: Deps<Tx>): Stage<Tx, CaseTerms> =>
  async ({ tx, before, file, asked: { actor, text: reason, documentNo }, around: { now } }) => {
    if (file.authority === before.authority) {
      await deps.handing.toOfficers(tx, before, file, actor.officerId);
      return file;
    }
    const after = await numbered(deps, tx, file, now);
    await deps.handing.toAuthority(tx, before, after, { reason, documentNo, now });
    return after;
  };
