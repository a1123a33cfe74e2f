// Certificates of one person, for an officer who has name and ID number.
import { placesOf } from '@hengji/participation';
import { byNameAndNumber } from '@hengji/procedure';
import type { NamedPerson } from '@hengji/province';
import sql from 'sql-template-tag';
import type { Database, Tx } from './database';
import { CERTIFICATE_PLACE } from './certificate-list';

interface People {
  readonly pseudonym: (idNumber: string) => string;
  readonly open: (sealed: string) => NamedPerson;
}

export const certificatesOfPerson = (db: Database, { pseudonym, open }: People) =>
  byNameAndNumber<Tx>({
    ...{ db, place: CERTIFICATE_PLACE, placesOf, kind: 'CERTIFICATE', pseudonym, open },
    rows: (person, { territory, limit }) => sql`
    SELECT c.number AS "recordId", c.institution, c.occupation, c.level, c.issued_on AS day, c.state, c.sealed_holder AS sealed
    FROM certificate AS c WHERE c.person = ${person} AND (${territory}) ORDER BY c.issued_on DESC, c.number LIMIT ${limit}::int`,
  });
