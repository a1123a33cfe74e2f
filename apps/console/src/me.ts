// The signed-in person, the person's menu and permissions, as the gateway computes them from its route table. The frame sets them once.
// What one order or case allows at the moment comes with that order or case (`allowedActions`, `nextSteps`).
import { createContext, useContext } from 'react';
import type { Answers } from './http';

export type MeJson = Answers['Me'];
export type Permitted = MeJson['permitted'][number];

export const Me = createContext<MeJson | undefined>(undefined);

export const useMe = (): MeJson => {
  const me = useContext(Me);
  if (me === undefined) throw new Error('useMe outside of the signed-in frame');
  return me;
};

/** Whether the role of the person may do the act at all, so that no button is shown that the gateway refuses. */
export const useMay = (act: Permitted): boolean => useMe().permitted.includes(act);
