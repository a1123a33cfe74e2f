// Opens a case: the filing decides the competence, so approval is called before anything is written.
import type { Actor } from '../../domain/competence';
import { counterFor } from '../../domain/document-number';
import { checkOpen, decideOpen, type OpenAsked } from '../../domain/cases/open-case';
import type { Filings, Numbers, Request, Transactions } from '../ports';
import type { Cases } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'insert'>;
  readonly numbers: Numbers<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly filings: Filings;
  readonly newId: () => string;
  readonly now: () => Date;
}

export interface OpenCase extends Omit<OpenAsked, 'id'> {
  readonly request: Request;
  readonly actor: Actor;
}

/** Registers a lead; returns the case's id. Refuses as `decideOpen`, `institution.unknown`. */
export const openCase =
  <Tx>({ cases, numbers, transactions, filings, newId, now }: Deps<Tx>) =>
  async (command: OpenCase): Promise<string> => {
    const { request, ...content } = command;
    const asked = { ...content, id: newId() };
    checkOpen(asked);
    const filing = await filings.get(asked.institution);
    // First without a number, so that a refused person draws none.
    decideOpen(asked, filing, '', now());
    return transactions.once(request, async (tx) => {
      const at = now();
      const number = await numbers.documentNumber(tx, counterFor('case', filing.authority, at));
      await cases.insert(tx, decideOpen(asked, filing, number, at));
      return asked.id;
    });
  };
