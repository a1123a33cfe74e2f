// Maps proto messages to use cases. Issuing calls exam before it opens its transaction, and runs once per request id inside it.
import {
  type CertificateServiceImplementation,
  type ImportedCertificate,
  IssueCertificatesRequest,
  IssueCertificatesResponse,
  type ListCertificatesRequest,
} from '@hengji/contracts/certificate/v1/certificate_service';
import { Refusal } from '@hengji/domain-kit';
import { inOrder, readList, type CallerContext } from '@hengji/host';
import { checkScope, earlierQuery, guardTime, placesOf, territoryOf } from '@hengji/participation';
import { EVERYWHERE, onBatch, recorded, recordedOnce } from '@hengji/procedure';
import { checkWriter } from '@hengji/procedure/tables';
import { checkInstitutionCode, parseCertificateNumber, typedNumber, typedOccupationCode } from '@hengji/province';
import { importCertificates } from '../../application/import-certificates';
import { issueCertificates } from '../../application/issue-certificates';
import type { Ports } from '../../application/ports';
import { atMost, NUMBERS_PER_CHECK } from '../../domain/fields';
import { checkResultIds } from '../../domain/issue';
import type { ExamClient } from '../clients/exam';
import { CERTIFICATE_LIST, CERTIFICATE_PLACE } from '../store/certificate-list';
import { findNumbers, findStanding } from '../store/certificate-store';
import { countCertificates } from '../store/counts';
import { listHolders } from '../store/holders';
import type { Database, Tx } from '../store/database';
import { doing, doingOnce } from './acts';
import { freshMessageOf, messageOf } from './certificate-message';

export interface ServerDeps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
  readonly exam: Pick<ExamClient, 'confirmResults'>;
}

/** Longer than Prisma's five seconds, for a thousand rows on a busy disk. */
const WRITE_LIMITS = { maxWait: 10_000, timeout: 30_000 } as const;
const IMPORT_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;

type Server = CertificateServiceImplementation<CallerContext>;
type Changes = Pick<Server, 'issueCertificates' | 'importCertificates'>;
type Reads = Omit<Server, keyof Changes>;

/** Numbers and codes as a file has them: in lower case, with spaces or hyphens. */
const typedRow = (row: ImportedCertificate): ImportedCertificate => ({
  ...row,
  ...(row.certificate && {
    certificate: {
      ...row.certificate,
      number: typedNumber(row.certificate.number),
      institution: typedNumber(row.certificate.institution),
      occupation: typedOccupationCode(row.certificate.occupation),
    },
  }),
});

const changes = ({ db, ports, exam }: ServerDeps): Changes => ({
  issueCertificates: async (request, call) => {
    const actor = checkWriter(request.actor);
    const { resultIds } = request;
    checkResultIds(resultIds);
    const askedAt = await guardTime(db);
    const confirmed = await exam.confirmResults(resultIds);
    const done = doingOnce('issueCertificates', IssueCertificatesRequest, request, call);
    return db.$transaction(
      (tx) =>
        recordedOnce(tx, done, IssueCertificatesResponse, async () => {
          const certificates = (await issueCertificates(ports)(tx, { actor, resultIds, confirmed, askedAt })).map(freshMessageOf);
          return { answer: { certificates }, ...onBatch(certificates.map(({ number: id, institution }) => ({ id, institution }))) };
        }),
      WRITE_LIMITS,
    );
  },
  // Each message is one transaction, acknowledged after its commit. A faulty message is refused as a whole and ends the stream.
  importCertificates: async function* (requests, call) {
    for await (const request of requests) {
      const certificates = request.certificates.map(typedRow);
      const records = certificates.map(({ certificate }) => ({
        id: certificate?.number ?? '',
        institution: certificate?.institution ?? '',
      }));
      const work = async (tx: Tx) => ({ answer: await importCertificates(ports)(tx, certificates), ...onBatch(records) });
      yield await db.$transaction((tx) => recorded(tx, doing('importCertificates', {}, call), () => work(tx)), IMPORT_LIMITS);
    }
  },
});

/** Without a query the request is for one institution's list, by number, as gateways of older versions send it. */
const askedOf = ({ actor, query, institution, state, page }: ListCertificatesRequest) =>
  query
    ? { query, territory: territoryOf(actor, CERTIFICATE_PLACE) }
    : { query: earlierQuery(page, { institution: checkInstitutionCode(institution, 'institution'), state }), territory: EVERYWHERE };

const reads = ({ db, ports: { open } }: ServerDeps): Reads => ({
  getCertificate: async (request) => {
    const number = typedNumber(request.number);
    parseCertificateNumber(number);
    const [certificate] = await findStanding(db, [number]);
    if (certificate === undefined) {
      throw new Refusal('notFound', 'certificate.unknown', '没有该编号的证书', { field: 'number', rule: '人社鉴发〔2019〕2号' });
    }
    return { certificate: messageOf(certificate) };
  },
  holdsCertificates: async (request) => {
    const numbers = request.numbers.map(typedNumber);
    atMost(numbers.length, 'numbers', 'certificate.too_many');
    numbers.forEach((number, i) => parseCertificateNumber(number, `numbers[${i}]`));
    return { certificates: (await findStanding(db, numbers)).map(messageOf) };
  },
  findNumbers: async ({ numbers }) => {
    atMost(numbers.length, 'numbers', 'certificate.too_many', NUMBERS_PER_CHECK);
    return { numbers: await findNumbers(db, numbers) };
  },
  listCertificates: async (request) => {
    const { query, territory } = askedOf(request);
    const { keys, next, total } = await readList(db, CERTIFICATE_LIST, query, territory);
    const certificates = inOrder(keys, await findStanding(db, keys), ({ number }) => number);
    const institutions = await placesOf(
      db,
      certificates.map(({ institution }) => institution),
    );
    return { certificates: certificates.map(messageOf), next, total, institutions };
  },
  listHolders: async ({ scope, without, after, limit, whole }) => {
    const outside = without.map((part, i) => checkScope(part, `without[${i}]`));
    return listHolders(db, { scope: checkScope(scope), without: outside, after, limit, open: whole ? open : null });
  },
  countCertificates: ({ institution }) => countCertificates(db, institution === '' ? '' : checkInstitutionCode(institution, 'institution')),
});

export const certificateServer = (deps: ServerDeps): Server => ({ ...changes(deps), ...reads(deps) });
