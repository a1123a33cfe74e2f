// Who is signed in; set once by the frame.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import type { Json } from '@hengji/contracts';
import { createContext, useContext } from 'react';

export const Me = createContext<Json<Actor> | undefined>(undefined);

export const useMe = (): Json<Actor> => {
  const me = useContext(Me);
  if (me === undefined) throw new Error('useMe outside of the signed-in frame');
  return me;
};
