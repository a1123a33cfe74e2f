// The route table's sheet of the session: who is signed in, and the end of it. Signing in is sign-in.ts: redirects, no JSON.
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { NOTHING, messageOf } from '../answers';
import { EVERYONE } from '../role-lists';
import { route } from '../route';

export const SESSION_ROUTES = [
  route({
    ...{ method: 'get', path: '/me', roles: EVERYONE, territory: 'none', summary: '当前登录人员', answers: messageOf(Actor) },
    handle: async (_, { person }) => person,
  }),
  route({
    ...{ method: 'post', path: '/sign-out', roles: EVERYONE, territory: 'none', summary: '退出登录', answers: NOTHING },
    status: 204,
    handle: async ({ sessions }, _, response) => {
      await sessions.end(response.req, response);
      response.status(204).end();
    },
  }),
];
