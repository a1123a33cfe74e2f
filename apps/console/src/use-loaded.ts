// One way to load a thing for a page: value, problem, busy, and a way to load again. The newest request wins.
import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly problem: Error | undefined;
  readonly busy: boolean;
  reload(): void;
}

export const useLoaded = <T>(load: () => Promise<T>, dependencies: readonly unknown[]): Loaded<T> => {
  const [state, setState] = useState<{ value?: T | undefined; problem?: Error | undefined; busy: boolean }>({ busy: true });
  const newest = useRef(0);
  const start = useCallback(() => {
    newest.current += 1;
    const mine = newest.current;
    setState((before) => ({ value: before.value, busy: true }));
    load().then(
      (value) => mine === newest.current && setState({ value, busy: false }),
      (problem: unknown) =>
        mine === newest.current && setState({ problem: problem instanceof Error ? problem : new Error(String(problem)), busy: false }),
    );
  }, dependencies);
  useEffect(start, [start]);
  return { value: state.value, problem: state.problem, busy: state.busy, reload: start };
};
