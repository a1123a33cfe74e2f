// The one way to run an act on a page: the busy state, the problem after a refusal, and the typed values unchanged. The idempotency key
// stays while an answer may have been lost (no answer, or a 5xx). After an answer the next act gets a new key.
import { useRef, useState } from 'react';
import { isAnswered, newKey } from '../http';
import { fieldFaults } from './field-faults';

/** The part of antd's form that shows a fault at its field, for any values of the form. */
interface FaultyForm {
  getFieldsError(): readonly { name: readonly (string | number)[] }[];
  setFields: (fields: never[]) => void;
}

export interface Act {
  readonly busy: boolean;
  readonly problem: Error | undefined;
  /** True when the act was done. */
  run(work: (key: string) => Promise<unknown>): Promise<boolean>;
}

/** `form`: the form whose fields a refusal may name. */
export const useAct = (form?: FaultyForm): Act => {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const key = useRef(newKey());
  const faulty = useRef<string[]>([]);
  const mark = (found: { name: string; errors: string[] }[]): void => {
    const cleared = faulty.current.map((name) => ({ name, errors: [] as string[] }));
    form?.setFields([...cleared, ...found] as never[]);
    faulty.current = found.map(({ name }) => name);
  };
  const run = async (work: (key: string) => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    mark([]);
    try {
      await work(key.current);
      key.current = newKey();
      return true;
    } catch (error) {
      if (isAnswered(error)) key.current = newKey();
      const refused = error instanceof Error ? error : new Error(String(error));
      setProblem(refused);
      mark(fieldFaults(refused, form?.getFieldsError().map(({ name }) => String(name[0])) ?? []));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, run };
};
