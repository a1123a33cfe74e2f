// Rows of the route table for the session: sign-out. Sign-in is in sign-in.ts, because it answers with redirects, not JSON.
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
