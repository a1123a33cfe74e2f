// Rows of the route table for the signed-in person.
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { z } from 'zod';
import { jsonOf, shapeOf } from '../answers';
import { EVERYONE } from '../role-lists';
import { route } from '../route';
import { ACT_WORDS } from './permissions';

const PAGE = z.object({ path: z.string(), label: z.string() });
const AREA = z.object({ key: z.string(), label: z.string(), pages: z.array(PAGE) });

/** The person, the pages that the person sees by area of work, and what the person may do on these pages. */
const ME = shapeOf('Me', jsonOf(Actor).and(z.object({ menu: z.array(AREA), permitted: z.array(z.enum(ACT_WORDS)) })));

export const ME_ROUTES = [
  route({
    ...{ method: 'get', path: '/me', roles: EVERYONE, territory: 'none', summary: '当前登录人员、其菜单和可办事项', answers: ME },
    handle: async ({ permissions }, { person }) => ({ ...person, ...permissions(person.role) }),
  }),
];
