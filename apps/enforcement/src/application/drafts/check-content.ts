// The checks of a draft's content that need other records: the order that it replaces, and the certificates that it lists. They run before
// the transaction, because certificate is another service.
import { checkDraft, type DraftAsked } from '../../domain/gates';
import { checkNumbersExist } from '../../domain/drafts/numbers';
import type { Order } from '../../domain/order';
import { checkSupersedes } from '../../domain/superseding';
import type { CertificateNumbers, Orders } from '../ports';

interface Deps<Tx> {
  readonly orders: Pick<Orders<Tx>, 'get'>;
  readonly certificateNumbers: CertificateNumbers;
  readonly now: () => Date;
}

/** The order that the draft is to replace, or null. Refuses as `checkDraft`, `checkSupersedes`, `checkNumbersExist`, `order.numbers_unchecked`. */
export const checkContent =
  <Tx>({ orders, certificateNumbers, now }: Deps<Tx>) =>
  async (asked: DraftAsked): Promise<Order | null> => {
    checkDraft(asked, now());
    const { scope, supersedes } = asked;
    const old = supersedes === '' ? null : await orders.get(supersedes);
    if (old) checkSupersedes(scope.institution, old);
    if (scope.certificates.length > 0) checkNumbersExist(scope, await certificateNumbers.find(scope.certificates));
    return old;
  };
