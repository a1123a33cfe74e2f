// The route table's sheet of the session: the end of it. Signing in is sign-in.ts: redirects, no JSON.
import { NOTHING } from '../answers';
import { EVERYONE } from '../role-lists';
import { route } from '../route';

export const SESSION_ROUTES = [
  route({
    ...{ method: 'post', path: '/sign-out', roles: EVERYONE, territory: 'none', summary: '退出登录', answers: NOTHING },
    status: 204,
    handle: async ({ sessions }, _, response) => {
      await sessions.end(response.req, response);
      response.status(204).end();
    },
  }),
];
