// The expectations are written a second time by hand, from the duties of each role.
import { ROUTES } from '../routes';
import { permissionsOf } from './permissions';

const RECORDS = ['/plans', '/results', '/certificates', '/verify', '/payments', '/recoveries'] as const;
const FILES = ['/cases', '/orders', '/remedies', '/deadlines'] as const;
const DATA = ['/calendar', '/parameters'] as const;
const permissions = permissionsOf(ROUTES);

it.each([
  ['PROVINCE_OFFICER', ['/', '/institutions', '/uscc-checks', ...RECORDS, '/people', ...FILES, '/messages', '/parked', '/acts', ...DATA]],
  ['CITY_OFFICER', ['/', '/institutions', '/uscc-checks', ...RECORDS, '/people', ...FILES, '/messages', '/acts', ...DATA]],
  ['INSTITUTION', ['/', '/institutions', ...RECORDS, ...FILES, ...DATA]],
  ['OPERATOR', ['/', '/verify', '/messages', '/parked', ...DATA]],
  ['AUDITOR', ['/', '/institutions', '/uscc-checks', ...RECORDS, '/people', ...FILES, '/messages', '/parked', '/acts', ...DATA]],
] as const)('%s finds in the menu the pages that the role may see, by area', (role, expected) => {
  const { menu } = permissions(role);
  expect(menu.flatMap(({ pages }) => pages.map(({ path }) => path))).toEqual(expected);
  expect(menu.every(({ pages }) => pages.length > 0)).toBe(true);
});

it.each([
  ['readOrders', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR']],
  ['draftOrders', ['PROVINCE_OFFICER', 'CITY_OFFICER']],
  ['openCases', ['PROVINCE_OFFICER', 'CITY_OFFICER']],
  ['takeSteps', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION']],
  ['openRemedies', ['PROVINCE_OFFICER', 'CITY_OFFICER']],
  ['retryMessages', ['PROVINCE_OFFICER', 'OPERATOR']],
  ['replayParked', ['PROVINCE_OFFICER', 'OPERATOR']],
  ['haveTasks', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR']],
  ['takeTasks', ['PROVINCE_OFFICER', 'CITY_OFFICER']],
  ['haveReminders', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION']],
  ['proposeYears', ['OPERATOR']],
  ['setParameters', ['OPERATOR']],
  ['checkUsccs', ['PROVINCE_OFFICER', 'CITY_OFFICER']],
  ['readActs', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR']],
  ['lookUpPeople', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR']],
] as const)('only these may %s: %j', (act, roles) => {
  const all = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'OPERATOR', 'AUDITOR'] as const;
  expect(all.filter((role) => permissions(role).permitted.includes(act))).toEqual(roles);
});

it('does not start with a route that is missing from the table', () => {
  expect(() => permissionsOf(ROUTES.filter(({ path }) => path !== '/cases'))('AUDITOR')).toThrow('there is no route GET /cases');
});
