// Data of a case's documents beside its record: the order of a document, and the lifting of a 解除决定书.
import type { Documents } from '@hengji/procedure';
import type { CaseFacts, CaseTerms } from '../../domain/cases/terms';
import type { FindOrder } from '../aftermath/ports';

type Asked = Pick<Parameters<Documents<never, CaseTerms>['make']>[1], 'kind' | 'about' | 'which'>;

/** Reads the order in this transaction. Refuses `order.unknown`. */
export const caseFacts =
  <Tx>({ findOrder }: { readonly findOrder: FindOrder<Tx> }) =>
  async (tx: Tx, { kind, about, which }: Asked): Promise<CaseFacts> => {
    const order = about === '' ? null : await findOrder(tx, about);
    const lifting = kind === 'LIFTING' ? (order?.liftings.find(({ number }) => String(number) === which) ?? null) : null;
    return { order, lifting };
  };
