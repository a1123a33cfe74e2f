// Certificates of one person, for an officer who has name and ID number. The pseudonym selects the rows; the name is compared after the
// holder is decrypted. So a number under another name gets the same answer as an unknown number.
import type { PersonRecord } from '@hengji/contracts/procedure/v1/person_service';
import { placesOf } from '@hengji/participation';
import { byNameAndNumber, type LookingUp, type SoughtByName } from '@hengji/procedure';
import { maskName, type NamedPerson } from '@hengji/province';
import sql from 'sql-template-tag';
import { CERTIFICATE_PLACE } from './certificate-list';
import type { Database, Tx } from './database';

interface People {
  readonly pseudonym: (idNumber: string) => string;
  readonly open: (sealed: string) => NamedPerson;
}

interface Row extends Pick<PersonRecord, 'recordId' | 'institution' | 'occupation' | 'level' | 'day' | 'state'> {
  readonly sealed: string;
}

export const certificatesOfPerson = (db: Database, { pseudonym, open }: People): LookingUp<Tx, SoughtByName> => ({
  db,
  place: CERTIFICATE_PLACE,
  placesOf,
  seek: byNameAndNumber(pseudonym),
  find: async (tx, { person, name }, { territory, limit }) => {
    const rows = await tx.$queryRaw<Row[]>(sql`
      SELECT c.number AS "recordId", c.institution, c.occupation, c.level, c.issued_on AS day, c.state, c.sealed_holder AS sealed
      FROM certificate AS c WHERE c.person = ${person} AND (${territory}) ORDER BY c.issued_on DESC, c.number LIMIT ${limit}::int`);
    return rows
      .filter(({ sealed }) => open(sealed).name === name)
      .map(({ sealed: _, ...row }) => ({ ...row, kind: 'CERTIFICATE', maskedName: maskName(name), fen: 0n }));
  },
});
