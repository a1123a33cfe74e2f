// The pages and acts of a role, computed from the route table, so that the console has no list of roles of its own. What one order or case
// allows at the moment comes with that order or case (`allowed_actions`).
import type { Role } from '@hengji/province';
import type { Route } from '../route';
import { AREAS } from './menu';

/** Permissions that screens need beyond the records they show → the route that each permission stands for. */
const ACTS = {
  readOrders: 'GET /orders',
  draftOrders: 'POST /orders',
  openCases: 'POST /cases',
  takeSteps: 'POST /cases/:id/steps',
  openRemedies: 'POST /cases/:id/remedies',
  retryMessages: 'POST /messages/:id/retry',
  replayParked: 'POST /parked/:service/replay',
  haveTasks: 'GET /tasks',
  takeTasks: 'POST /tasks/:service/:id/assign',
  haveReminders: 'GET /reminders',
  proposeYears: 'POST /calendar',
  setParameters: 'POST /parameters',
  checkUsccs: 'POST /uscc-checks',
  readActs: 'GET /acts',
  lookUpPeople: 'POST /people/search',
} as const;

export type ActWord = keyof typeof ACTS;
export const ACT_WORDS = Object.keys(ACTS) as [ActWord, ...ActWord[]];

export interface Permissions {
  /** Areas that have at least one page for the role. */
  readonly menu: readonly { key: string; label: string; pages: readonly { path: string; label: string }[] }[];
  readonly permitted: readonly ActWord[];
}

/** Throws when a named route is missing from the table. */
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
