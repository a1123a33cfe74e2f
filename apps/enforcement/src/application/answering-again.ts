// A client that lost the answer sends its request again. The first call may have made the second impossible (a signed order
// cannot be signed again). A refusal is therefore returned only if no result of the first call is stored.
import { Refusal } from '@hengji/domain-kit';
import type { Request, Transactions } from './ports';

/** The use case, with the stored answer for a repeated request. */
export const answeringAgain =
  <Tx, Command extends { readonly request: Request }>(
    { transactions }: { readonly transactions: Pick<Transactions<Tx>, 'findKept'> },
    useCase: (command: Command) => Promise<string>,
  ) =>
  async (command: Command): Promise<string> => {
    try {
      return await useCase(command);
    } catch (failure) {
      const kept = failure instanceof Refusal ? await transactions.findKept(command.request) : undefined;
      if (kept === undefined) throw failure;
      return kept;
    }
  };
