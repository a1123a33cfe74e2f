// The documents (文书) of cases, in the tables of libs/procedure.
import { documentStore } from '@hengji/procedure';
import type { DocumentKind } from '../../../domain/cases/case';

/** The kind of file in the table of steps that these documents belong to. */
export const CASE_KIND = 'case';

export const CASE_DOCUMENTS = documentStore<DocumentKind>(CASE_KIND);
