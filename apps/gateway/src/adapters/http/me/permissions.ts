// What a role sees and may do, worked out from the route table, so that the console has no list of roles of its own. What an order or a
// case allows just now comes with it (`allowed_actions`).
import type { Role } from '@hengji/province';
import type { Route } from '../route';
import { AREAS } from './menu';

/** What a screen asks about beside the things it shows → the route that does it. */
const ACTS = {
  readOrders: 'GET /orders',
  draftOrders: 'POST /orders',
  openCases: 'POST /cases',
  takeSteps: 'POST /cases/:id/steps',
  retryMessages: 'POST /messages/:id/retry',
  replayParked: 'POST /parked/:service/replay',
  haveTasks: 'GET /tasks',
  takeTasks: 'POST /tasks/:service/:id/assign',
  haveReminders: 'GET /reminders',
  proposeYears: 'POST /calendar',
  setParameters: 'POST /parameters',
  readActs: 'GET /acts',
  lookUpPeople: 'POST /people/search',
} as const;

export type ActWord = keyof typeof ACTS;
export const ACT_WORDS = Object.keys(ACTS) as [ActWord, ...ActWord[]];

export interface Permissions {
  /** Areas with a page for the role. */
  readonly menu: readonly { key: string; label: string; pages: readonly { path: string; label: string }[] }[];
  readonly permitted: readonly ActWord[];
}

/** Throws where a route is named that the table has not. */
export const permissionsOf = (routes: readonly Pick<Route, 'method' | 'path' | 'roles'>[]): ((role: Role) => Permissions) => {
  const rolesOf = new Map(routes.map(({ method, path, roles }) => [`${method.toUpperCase()} ${path}`, roles]));
  const mayCall = (role: Role, name: string): boolean => {
    const roles = rolesOf.get(name);
    if (roles === undefined) throw new Error(`there is no route ${name}`);
    return roles === 'public' || roles.includes(role);
  };
  return (role) => ({
    menu: AREAS.map(({ key, label, pages }) => ({
      ...{ key, label },
      pages: pages.filter(({ opens }) => mayCall(role, opens)).map((page) => ({ path: page.path, label: page.label })),
    })).filter(({ pages }) => pages.length > 0),
    permitted: ACT_WORDS.filter((act) => mayCall(role, ACTS[act])),
  });
};
