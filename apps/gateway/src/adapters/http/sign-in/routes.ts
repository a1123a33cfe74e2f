// The route table's sheet of the session: who is signed in, and the end of it. Signing in is sign-in.ts: redirects, no JSON.
import { EVERYONE } from '../role-lists';
import { route } from '../route';

export const SESSION_ROUTES = [
  route({
    ...{ method: 'get', path: '/me', roles: EVERYONE, territory: 'none', summary: '当前登录人员', answers: 'Actor' },
    handle: async (_, { person }) => person,
  }),
  route({
    ...{ method: 'post', path: '/sign-out', roles: EVERYONE, territory: 'none', summary: '退出登录', answers: '' },
    handle: async ({ sessions }, _, response) => {
      await sessions.end(response.req, response);
      response.status(204).end();
    },
  }),
];
