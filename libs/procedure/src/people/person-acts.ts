// A query for the records of one person is an act (docs/ACTS.md, "Looks"); the officer states its purpose.
import type { PersonServiceDefinition } from '@hengji/contracts/procedure/v1/person_service';
import { actsOf, type ActTable } from '../acts/recorded';

export const PERSON_ACTS = {
  lookUpPerson: { on: 'person' },
} as const satisfies ActTable<PersonServiceDefinition['methods']>;

export const { doing } = actsOf(PERSON_ACTS);
