// The groups of roles that the route table uses.
import type { Role } from '@hengji/province';

export const EVERYONE = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'OPERATOR', 'AUDITOR'] as const satisfies readonly Role[];
export const READERS = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION', 'AUDITOR'] as const satisfies readonly Role[];
export const OFFICERS = ['PROVINCE_OFFICER', 'CITY_OFFICER'] as const satisfies readonly Role[];
/** Officers and the institution that a case is about. */
export const PARTIES = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION'] as const satisfies readonly Role[];
/** Roles that submit evidence: only the institution answers for its own evidence. */
export const INSTITUTIONS = ['INSTITUTION'] as const satisfies readonly Role[];
/** Roles that search persons and read the acts of others: never an institution, never an operator. */
export const OVERSEERS = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'AUDITOR'] as const satisfies readonly Role[];
export const WATCH_EXCHANGE = ['PROVINCE_OFFICER', 'CITY_OFFICER', 'OPERATOR', 'AUDITOR'] as const satisfies readonly Role[];
export const WATCH_PARKED = ['PROVINCE_OFFICER', 'OPERATOR', 'AUDITOR'] as const satisfies readonly Role[];
/** Roles that operate the platform: nobody who decides a case. */
export const OPERATORS = ['OPERATOR'] as const satisfies readonly Role[];
export const OPERATE = ['PROVINCE_OFFICER', 'OPERATOR'] as const satisfies readonly Role[];
