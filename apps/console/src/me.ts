// Who is signed in, what of the menu the person sees and what the person may do: as the gateway says it, from its route table. Set once by
// the frame. What an order or a case allows just now comes with it (`allowedActions`, `nextSteps`).
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

/** Whether the person may do it at all, so that no button is shown that the gateway refuses. */
export const useMay = (act: Permitted): boolean => useMe().permitted.includes(act);
