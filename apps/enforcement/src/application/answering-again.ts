// A request whose answer was lost is sent again. What it did may stand in its own way by then (an order that is signed cannot
// be signed), so a refusal is only told when nothing was kept of the first time.
import { Refusal } from '@hengji/domain-kit';
import type { Request, Transactions } from './ports';

/** The use case, which answers a repeated request as it answered the first time. */
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
