// Results of one person, for an officer who has name and ID number. The pseudonym selects the rows; the name is compared after the
// candidate is decrypted. So a number under another name gets the same answer as an unknown number.
import type { PersonRecord } from '@hengji/contracts/procedure/v1/person_service';
import { byNameAndNumber, type LookingUp, type SoughtByName } from '@hengji/procedure';
import { maskName, type NamedPerson } from '@hengji/province';
import sql from 'sql-template-tag';
import { placesOf } from '@hengji/participation';
import type { Database, Tx } from './database';
import { RESULT_PLACE } from './exam-lists';

interface People {
  readonly pseudonym: (idNumber: string) => string;
  readonly open: (sealed: string) => NamedPerson;
}

interface Row extends Pick<PersonRecord, 'recordId' | 'institution' | 'occupation' | 'level' | 'day' | 'state'> {
  readonly sealed: string;
}

export const resultsOfPerson = (db: Database, { pseudonym, open }: People): LookingUp<Tx, SoughtByName> => ({
  db,
  place: RESULT_PLACE,
  placesOf,
  seek: byNameAndNumber(pseudonym),
  find: async (tx, { person, name }, { territory, limit }) => {
    const rows = await tx.$queryRaw<Row[]>(sql`
      SELECT r.result_id AS "recordId", r.institution, r.occupation, r.level, r.exam_date AS day, r.state, r.sealed_candidate AS sealed
      FROM result AS r WHERE r.person = ${person} AND (${territory}) ORDER BY r.exam_date DESC, r.result_id LIMIT ${limit}::int`);
    return rows
      .filter(({ sealed }) => open(sealed).name === name)
      .map(({ sealed: _, ...row }) => ({ ...row, kind: 'RESULT', maskedName: maskName(name), fen: 0n }));
  },
});
