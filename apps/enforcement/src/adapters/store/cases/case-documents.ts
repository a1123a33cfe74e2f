// The documents (文书) of cases, in the tables of libs/procedure.
import { documentStore } from '@hengji/procedure';
import type { DocumentKind } from '../../../domain/cases/case';

/** The table of steps that the file of these documents follows. */
export const CASE_KIND = 'case';

export const CASE_DOCUMENTS = documentStore<DocumentKind>(CASE_KIND);
