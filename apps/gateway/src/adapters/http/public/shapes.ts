// Request and answer shapes of the public routes.
import { shapeOf } from '../answers';
import { z } from 'zod';
import { INSTITUTION, PAGE, SEARCH } from '../fields';

export const DIRECTORY_FILTER = { ...PAGE, search: SEARCH } as const;
export const NOTICE_FILTER = { ...PAGE, institution: INSTITUTION.optional() } as const;
/** The page of a list (名单), from 1. */
export const LIST_PAGE = {
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, '应为1至9999的整数')
    .transform(Number)
    .default(1),
} as const;
/** With its label and its line breaks; verify says what is wrong with it. */
export const NUMBER_PARAM = { number: z.string().max(500) } as const;
/** The holder's name as the caller knows it; the answer is `nameMatches`. */
export const NAME_ASKED = { name: z.string().min(1).max(64).optional() } as const;

/** The answer of verify; for a canary's number the answer names the institution only. */
export const PUBLIC_ANSWER = shapeOf(
  'PublicAnswer',
  z.object({
    number: z.string(),
    status: z.enum(['valid', 'void']),
    institution: z.string(),
    institutionName: z.string().optional(),
    occupation: z.string().optional(),
    occupationName: z.string().optional(),
    level: z.string().optional(),
    levelName: z.string().optional(),
    issuedOn: z.string().optional(),
    nameMatches: z.boolean().optional().openapi({ description: 'Only when a name was asked with it' }),
    voidSince: z.iso.datetime().optional(),
    voidDocumentNo: z.string().optional(),
    orderId: z.string().optional(),
    asOf: z.iso.datetime(),
  }),
  'The public answer of verify: since when and by which notice a certificate is void. `occupationName` and `levelName` are the words of the codes. Nothing about a person',
);
export const TRUSTED_KEYS = shapeOf('TrustedKeys', z.looseObject({}), 'Public keys of the services with their ids and times of validity');
