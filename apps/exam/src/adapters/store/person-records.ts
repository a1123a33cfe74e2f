// Results of one person, for an officer who has name and ID number.
import { placesOf } from '@hengji/participation';
import { byNameAndNumber } from '@hengji/procedure';
import type { NamedPerson } from '@hengji/province';
import sql from 'sql-template-tag';
import type { Database, Tx } from './database';
import { RESULT_PLACE } from './exam-lists';

interface People {
  readonly pseudonym: (idNumber: string) => string;
  readonly open: (sealed: string) => NamedPerson;
}

export const resultsOfPerson = (db: Database, { pseudonym, open }: People) =>
  byNameAndNumber<Tx>({
    ...{ db, place: RESULT_PLACE, placesOf, kind: 'RESULT', pseudonym, open },
    rows: (person, { territory, limit }) => sql`
    SELECT r.result_id AS "recordId", r.institution, r.occupation, r.level, r.exam_date AS day, r.state, r.sealed_candidate AS sealed
    FROM result AS r WHERE r.person = ${person} AND (${territory}) ORDER BY r.exam_date DESC, r.result_id LIMIT ${limit}::int`,
  });
