// One way to do a thing on a page: busy while it runs, the problem if it was refused, what was typed untouched. The idempotency
// key stays while an answer may have been lost, and is a new one once the gateway has answered.
import { useRef, useState } from 'react';
import { Problem, newKey } from '../http';

export interface Act {
  readonly busy: boolean;
  readonly problem: Error | undefined;
  /** True when it was done. */
  run(work: (key: string) => Promise<unknown>): Promise<boolean>;
}

export const useAct = (): Act => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const key = useRef(newKey());
  const run = async (work: (key: string) => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await work(key.current);
      key.current = newKey();
      return true;
    } catch (error) {
      if (error instanceof Problem) key.current = newKey();
      setProblem(error instanceof Error ? error : new Error(String(error)));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
};
