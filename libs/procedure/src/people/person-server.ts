// Lists the records of one person in a service (人员查询). The service defines how the person is recognised and where the records are. This
// file contains what all services share: the actor, the purpose, the rate limit, the territory, and the act, which is written whether or
// not records are found.
import type { InstitutionPlace } from '@hengji/contracts/meta/v1/list';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import {
  PersonServiceDefinition,
  type LookUpPersonRequest,
  type PersonRecord,
  type PersonServiceImplementation,
} from '@hengji/contracts/procedure/v1/person_service';
import { Refusal } from '@hengji/domain-kit';
import { grpcService, type CallerContext, type CallerTable, type GrpcService } from '@hengji/host';
import { rowsOf, type SqlDb, type SqlTx } from '@hengji/messaging';
import { isSameName, maskName, namedPerson, reachOf, type NamedPerson } from '@hengji/province';
import sql, { type Sql } from 'sql-template-tag';
import { recorded } from '../acts/recorded';
import { actorOf } from '../actor';
import { reachSql, type PlaceColumns } from '../reach-sql';
import { takeTurn } from '../turn';
import { doing } from './person-acts';
import { purposeOf } from './purpose';

/** The person, in the terms of the service's rows; `person` is the pseudonym. */
interface Sought {
  readonly person: string;
}

interface Within {
  readonly territory: Sql;
  readonly limit: number;
}

export interface LookingUp<Tx extends SqlTx, S extends Sought = Sought> {
  readonly db: SqlDb<Tx>;
  /** The person in the request; refuses a request that names nobody. */
  readonly seek: (request: LookUpPersonRequest) => S;
  /** Columns that give the territory. */
  readonly place: PlaceColumns;
  /** Records of that person within the territory, newest first, at most `limit`. */
  readonly find: (tx: Tx, sought: S, within: Within) => Promise<PersonRecord[]>;
  readonly placesOf: (tx: Tx, institutions: readonly string[]) => Promise<InstitutionPlace[]>;
}

interface SoughtByName extends Sought {
  readonly name: string;
}

/** A record whose person is sealed with it, as a service stores it. */
interface SealedRecord extends Pick<PersonRecord, 'recordId' | 'institution' | 'occupation' | 'level' | 'day' | 'state'> {
  readonly sealed: string;
}

interface ByName<Tx extends SqlTx> extends Pick<LookingUp<Tx>, 'db' | 'place' | 'placesOf'> {
  readonly kind: PersonRecord['kind'];
  readonly pseudonym: (idNumber: string) => string;
  readonly open: (sealed: string) => NamedPerson;
  /** The rows under this pseudonym within the territory, newest first, at most `limit`. */
  readonly rows: (person: string, within: Within) => Sql;
}

/**
 * For services that seal name and number: both are required. The pseudonym selects the rows; the name is compared after the person is
 * decrypted. So a number under another name gets the same answer as an unknown number. Refuses `person.name_invalid`, `person.id_invalid`.
 */
export const byNameAndNumber = <Tx extends SqlTx>({ kind, pseudonym, open, rows, ...common }: ByName<Tx>): LookingUp<Tx, SoughtByName> => ({
  ...common,
  seek: (request) => {
    const { name, idNumber } = namedPerson(request, 'person');
    return { name, person: pseudonym(idNumber) };
  },
  find: async (tx, { person, name }, within) =>
    (await rowsOf<SealedRecord>(tx, rows(person, within)))
      .filter(({ sealed }) => isSameName(open(sealed).name, name))
      .map(({ sealed: _, ...record }) => ({ ...record, kind, maskedName: maskName(name), fen: 0n, person })),
});

const MOST_RECORDS = 100;
/** Queries for persons by one officer, per hour and service: more than normal work needs, fewer than a mass search needs. */
const LOOKS_AN_HOUR = 60;

const PERSON_CALLERS = { lookUpPerson: ['gateway'] } as const satisfies CallerTable<PersonServiceDefinition['methods']>;

/** An officer's queries run one after the other, so that the acts give their exact number. Refuses `person.too_many_looks`. */
const checkPace = async (tx: SqlTx, { officerId }: Actor): Promise<void> => {
  await takeTurn(tx, `look ${officerId}`);
  const [row] = await rowsOf<{ looks: number }>(
    tx,
    sql`SELECT count(*)::int AS looks FROM procedure.act
        WHERE by_kind = 'PERSON' AND by_id = ${officerId} AND what = 'LookUpPerson' AND at > clock_timestamp() - interval '1 hour'`,
  );
  if ((row?.looks ?? 0) < LOOKS_AN_HOUR) return;
  throw new Refusal('tooOften', 'person.too_many_looks', `每人每小时最多按证件号码查询${LOOKS_AN_HOUR}次，请稍后再试`, {
    field: 'actor',
    rule: 'design',
  });
};

const oneOf = (institutions: readonly string[]): string => (new Set(institutions).size === 1 ? (institutions[0] ?? '') : '');

const personServer = <Tx extends SqlTx, S extends Sought>(o: LookingUp<Tx, S>): PersonServiceImplementation<CallerContext> => ({
  lookUpPerson: async (request, call) => {
    const actor = actorOf(request.actor);
    const purpose = purposeOf(request);
    const sought = o.seek(request);
    const territory = reachSql(reachOf(actor), o.place);
    return o.db.$transaction(async (tx) => {
      await checkPace(tx, actor);
      return recorded(tx, { ...doing('lookUpPerson', request, call), purpose }, async () => {
        const found = await o.find(tx, sought, { territory, limit: MOST_RECORDS + 1 });
        const records = found.slice(0, MOST_RECORDS);
        const institutions = records.map(({ institution }) => institution);
        const person = records.length === 0 ? '' : sought.person;
        return {
          answer: { records, more: found.length > MOST_RECORDS, person, institutions: await o.placesOf(tx, institutions) },
          on: { id: sought.person, institution: oneOf(institutions) },
          evidence: records.map(({ recordId }) => recordId),
        };
      });
    });
  },
});

/** The gRPC service for a service's compose.ts. */
export const lookingUp = <Tx extends SqlTx, S extends Sought>(o: LookingUp<Tx, S>): GrpcService =>
  grpcService(PersonServiceDefinition, personServer(o), PERSON_CALLERS);
