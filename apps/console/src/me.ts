// Who is signed in; set once by the frame.
import { createContext, useContext } from 'react';
import type { Answers } from './http';

export const Me = createContext<Answers['Actor'] | undefined>(undefined);

export const useMe = (): Answers['Actor'] => {
  const me = useContext(Me);
  if (me === undefined) throw new Error('useMe outside of the signed-in frame');
  return me;
};
