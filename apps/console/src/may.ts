// Which role may do what, so that no button is shown that the gateway refuses: the same lists as its route table. What an order or
// a case allows just now comes with it (`allowedActions`, `nextSteps`) and is asked beside this.
import type { Answers } from './http';

const OFFICERS = ['PROVINCE_OFFICER', 'CITY_OFFICER'] as const satisfies readonly Answers['Role'][];
const READERS = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR'] as const satisfies readonly Answers['Role'][];
const PARTIES = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION'] as const satisfies readonly Answers['Role'][];
const OVERSEERS = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR'] as const satisfies readonly Answers['Role'][];
const OPERATE = ['PROVINCE_OFFICER', 'OPERATOR'] as const satisfies readonly Answers['Role'][];

export const MAY = {
  readOrders: READERS,
  handleOrders: OFFICERS,
  handleCases: OFFICERS,
  sendMessages: OPERATE,
  replayParked: OPERATE,
  readActs: OVERSEERS,
  lookUpPeople: OVERSEERS,
  haveTasks: READERS,
  haveReminders: PARTIES,
  loadCalendar: ['OPERATOR'],
} as const satisfies Record<string, readonly Answers['Role'][]>;

export const may = ({ role }: { readonly role: Answers['Role'] }, act: keyof typeof MAY): boolean =>
  (MAY[act] as readonly Answers['Role'][]).includes(role);
