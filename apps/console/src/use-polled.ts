// A thing that others change while one looks at it and that has no event stream: asked for again every few seconds while the
// page is looked at. A failed look keeps what was there, so that nothing on the page, and nothing typed into it, goes away.
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Polled<T> {
  readonly value: T | undefined;
  readonly problem: Error | undefined;
  reload(): void;
  /** Shows the answer of a write at once. */
  show(value: T): void;
}

export const usePolled = <T>(load: () => Promise<T>, dependencies: readonly unknown[], everyMs: number): Polled<T> => {
  const [value, setValue] = useState<T>();
  const [problem, setProblem] = useState<Error>();
  const newest = useRef(0);
  const reload = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    load().then(
      (loaded) => {
        if (mine !== newest.current) return;
        setValue(loaded);
        setProblem(undefined);
      },
      (error: unknown) => mine === newest.current && setProblem(error instanceof Error ? error : new Error(String(error))),
    );
  }, dependencies);
  useEffect(() => {
    reload();
    const look = (): void => {
      if (!document.hidden) reload();
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      newest.current += 1;
      document.removeEventListener('visibilitychange', look);
      clearInterval(timer);
    };
  }, [reload, everyMs]);
  const show = (answer: T): void => {
    newest.current += 1;
    setValue(answer);
  };
  return { value, problem, reload, show };
};
