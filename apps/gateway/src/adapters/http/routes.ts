// Every route of the gateway: roles, path, input, answer; each feature has its own file of rows. The application serves this table and the
// OpenAPI document is generated from it, so the two cannot differ.
import { AFTERMATH_ROUTES } from './aftermath/routes';
import { CALENDAR_ROUTES } from './calendar/routes';
import { CASE_ROUTES } from './cases/routes';
import { INSTITUTION_ROUTES } from './institutions/routes';
import { LIST_ROUTES } from './lists/routes';
import { ME_ROUTES } from './me/routes';
import { MESSAGE_ROUTES } from './messages/routes';
import { ORDER_ROUTES } from './orders/routes';
import { PARAMETER_ROUTES } from './parameters/routes';
import { PARKED_ROUTES } from './parked/routes';
import { PEOPLE_ROUTES } from './people/routes';
import { PUBLIC_ROUTES } from './public/routes';
import { RECORD_ROUTES } from './records/routes';
import type { Route } from './route';
import { REMEDY_ROUTES } from './remedies/routes';
import { SESSION_ROUTES } from './sign-in/routes';
import { SERVICE_ROUTES } from './services/routes';
import { TASK_ROUTES } from './tasks/routes';
import { USCC_CHECK_ROUTES } from './uscc-checks/routes';

export const ROUTES: readonly Route[] = [
  ...ME_ROUTES,
  ...SESSION_ROUTES,
  // Before the routes of the features: `/orders/export` must not be read as the order `export`.
  ...LIST_ROUTES,
  ...INSTITUTION_ROUTES,
  ...USCC_CHECK_ROUTES,
  ...RECORD_ROUTES,
  ...PEOPLE_ROUTES,
  ...CASE_ROUTES,
  ...REMEDY_ROUTES,
  ...TASK_ROUTES,
  ...CALENDAR_ROUTES,
  ...PARAMETER_ROUTES,
  ...ORDER_ROUTES,
  ...AFTERMATH_ROUTES,
  ...MESSAGE_ROUTES,
  ...PARKED_ROUTES,
  ...SERVICE_ROUTES,
  ...PUBLIC_ROUTES,
];
