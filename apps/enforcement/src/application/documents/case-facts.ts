// What the documents of a case say beside its record: the order that one is about, and the lifting that a 解除决定书 is about.
import type { Documents } from '@hengji/procedure';
import type { CaseFacts, CaseTerms } from '../../domain/cases/terms';
import type { FindOrder } from '../aftermath/ports';

type Asked = Pick<Parameters<Documents<never, CaseTerms>['make']>[1], 'kind' | 'about' | 'which'>;

/** As it is in this transaction. Refuses `order.unknown`. */
export const caseFacts =
  <Tx>({ findOrder }: { readonly findOrder: FindOrder<Tx> }) =>
  async (tx: Tx, { kind, about, which }: Asked): Promise<CaseFacts> => {
    const order = about === '' ? null : await findOrder(tx, about);
    const lifting = kind === 'LIFTING' ? (order?.liftings.find(({ number }) => String(number) === which) ?? null) : null;
    return { order, lifting };
  };
