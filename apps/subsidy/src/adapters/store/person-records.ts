// Payments on the certificates of one person. Subsidy stores neither names nor ID numbers: the request contains the pseudonym and the
// certificates from the answers of the services that store them.
import type { PersonRecord } from '@hengji/contracts/procedure/v1/person_service';
import { Refusal } from '@hengji/domain-kit';
import { rowsOf } from '@hengji/messaging';
import { placesOf } from '@hengji/participation';
import type { LookingUp } from '@hengji/procedure';
import sql from 'sql-template-tag';
import type { Database, Tx } from './database';
import { PAYMENT_PLACE } from './subsidy-lists';

interface Payee {
  readonly person: string;
  readonly certificateNumbers: readonly string[];
}

type Row = Pick<PersonRecord, 'recordId' | 'institution' | 'occupation' | 'level' | 'day' | 'fen'>;

const PSEUDONYM = /^[0-9a-f]{32}$/;
const MOST_CERTIFICATES = 1_000;

/** Refuses `person.unnamed`. */
export const paymentsOfPerson = (db: Database): LookingUp<Tx, Payee> => ({
  db,
  place: PAYMENT_PLACE,
  placesOf,
  seek: ({ person, certificateNumbers }) => {
    if (PSEUDONYM.test(person) && certificateNumbers.length <= MOST_CERTIFICATES) return { person, certificateNumbers };
    throw new Refusal('invalid', 'person.unnamed', '查询补贴应给出人员标识和证书编号', { field: 'person', rule: 'procedure.v1' });
  },
  find: async (tx, { person, certificateNumbers }, { territory, limit }) => {
    const rows = await rowsOf<Row>(
      tx,
      sql`
      SELECT p.payment_id AS "recordId", p.institution, p.occupation, p.level, p.paid_on AS day, p.fen
      FROM payment AS p
      WHERE p.certificate_number = ANY(${[...certificateNumbers]}::text[]) AND p.person = ${person} AND (${territory})
      ORDER BY p.paid_on DESC, p.payment_id LIMIT ${limit}::int`,
    );
    return rows.map((row) => ({ ...row, kind: 'PAYMENT', state: '', maskedName: '', person }));
  },
});
