// Rows of the route table for the services themselves.
import { READERS } from '../role-lists';
import { route } from '../route';
import { listServices } from './handlers';
import { SERVICES } from './shapes';

export const SERVICE_ROUTES = [
  route({
    ...{ method: 'get', path: '/services', roles: READERS, territory: 'none', summary: '各服务现在是否应答', answers: SERVICES },
    handle: listServices,
  }),
];
