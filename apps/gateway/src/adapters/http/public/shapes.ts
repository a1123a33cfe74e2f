// What everyone may ask.
import { z } from 'zod';
import { INSTITUTION, PAGE, SEARCH } from '../fields';

export const DIRECTORY_FILTER = { ...PAGE, search: SEARCH } as const;
export const NOTICE_FILTER = { ...PAGE, institution: INSTITUTION.optional() } as const;
export const NUMBER_PARAM = { number: z.string().max(64) } as const;
/** The holder's name, as whoever asks has it; answered by `nameMatches`. */
export const NAME_ASKED = { name: z.string().min(1).max(64).optional() } as const;
