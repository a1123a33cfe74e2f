// What comes in with a search of a person (人员查询). In the body of a POST: neither name nor number may stand in an address.
import { LookPurpose } from '@hengji/contracts/procedure/v1/person_service';
import { known, TEXT } from '../fields';

/** What name, number and note may be is the services' to refuse. */
export const LOOK_UP = { name: TEXT(100), idNumber: TEXT(50), purpose: known(LookPurpose), note: TEXT(500) } as const;
