// Request shape of a search of a person (人员查询). The fields are in the body of a POST, because a name or number must not be in an address.
import { LookPurpose } from '@hengji/contracts/procedure/v1/person_service';
import { known, PERSON_NAME, TEXT } from '../fields';

/** The services check number and note. */
export const LOOK_UP = { name: PERSON_NAME, idNumber: TEXT(50), purpose: known(LookPurpose), note: TEXT(500) } as const;
