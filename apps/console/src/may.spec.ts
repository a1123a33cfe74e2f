import { MAY, may } from './may';

const ROLES = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'OPERATOR', 'AUDITOR'] as const;

// Written a second time by hand, after the gateway's route table.
it.each([
  ['readOrders', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR']],
  ['handleOrders', ['PROVINCE_OFFICER', 'CITY_OFFICER']],
  ['handleCases', ['PROVINCE_OFFICER', 'CITY_OFFICER']],
  ['sendMessages', ['PROVINCE_OFFICER', 'OPERATOR']],
  ['replayParked', ['PROVINCE_OFFICER', 'OPERATOR']],
  ['readActs', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR']],
  ['lookUpPeople', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR']],
  ['haveTasks', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR']],
  ['haveReminders', ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION']],
  ['loadCalendar', ['OPERATOR']],
] as const)('only these may %s: %j', (act, roles) => {
  expect(ROLES.filter((role) => may({ role }, act))).toEqual(roles);
  expect(Object.keys(MAY)).toContain(act);
});
