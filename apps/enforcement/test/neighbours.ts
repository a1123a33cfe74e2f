// Fakes, at the gRPC interface, of the five services that an order reaches; approval also answers for the filings. A fake
// returns the counts that a spec sets, stores the fences that it accepted, and signs as its service does. It can be down,
// slow, wrong or dishonest.
import { createHash, randomUUID } from 'node:crypto';
import {
  CertificateServiceDefinition,
  type CertificateServiceImplementation,
  type FindNumbersResponse_FoundNumber as FoundNumber,
  type ListHoldersRequest,
  type ListHoldersResponse_Holder,
} from '@hengji/contracts/certificate/v1/certificate_service';
import { ApprovalServiceDefinition, type ApprovalServiceImplementation } from '@hengji/contracts/approval/v1/approval_service';
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import {
  ParticipantServiceDefinition,
  type CountResidualRequest,
  type FenceRequest,
  type LeftRecord,
  type ProveInclusionResponse,
  type ParticipantServiceImplementation,
} from '@hengji/contracts/enforcement/v1/participant_service';
import { Refusal } from '@hengji/domain-kit';
import { createLog, grpcServer, grpcService, type CallerContext, type Signer, type Statement } from '@hengji/host';
import { attestAffected, attestContradictions, attestFence, attestResidual, idsOf } from '@hengji/participation';
import { startParts, TEST_CALLER_SECRET, testSigner } from '@hengji/testing';
import { SERVICES, type Service } from '../src/domain/cascade';

export interface Neighbour {
  readonly address: string;
  readonly fences: FenceRequest[];
  /** When the fake accepted the fences, by order. */
  readonly placedAt: Map<string, Date>;
  /** The counts that were requested. */
  readonly counted: CountResidualRequest[];
  /** Records that a preview finds, by effect; ten by default. */
  readonly counts: Map<string, number>;
  /** Records that are not in the demanded state, by effect; none by default. */
  readonly residuals: Map<string, number>;
  /** The proof of a record, by its id. */
  readonly inclusions: Map<string, ProveInclusionResponse>;
  /** The statement that the fake signs instead of its own; null for no signature. */
  forge: (statement: Statement) => Statement | null;
  /** The service whose key signs; the fake's own by default. */
  signsAs: string;
  /** The records that the fake returns as left by liftings. */
  left: LeftRecord[];
  /** The ids that the fake lists as affected, and the number of contradictions among them. */
  moved: string[];
  /** The certificates that certificate lists for a public notice, and the requests for them. */
  holders: ListHoldersResponse_Holder[];
  readonly holdersAsked: ListHoldersRequest[];
  contradictions: bigint;
  /** The certificates that exist; null = every number that is asked. */
  certificates: readonly FoundNumber[] | null;
  /** How often the fake was asked about numbers. */
  numbersAsked: number;
  /** Awaited before a fence is answered. */
  beforeFence: () => Promise<void>;
  /** Awaited before a residual is answered. */
  beforeResidual: () => Promise<void>;
  stop(): Promise<void>;
  /** Starts again at the same address. */
  start(): Promise<void>;
}

const ANYBODY = ['*'];
const APPROVAL_CALLERS = {
  checkPermission: ANYBODY,
  getInstitution: ANYBODY,
  listInstitutions: ANYBODY,
  listNotices: ANYBODY,
  importInstitutions: ANYBODY,
  countInstitutions: ANYBODY,
};
const PARTICIPANT_CALLERS = {
  preview: ANYBODY,
  fence: ANYBODY,
  countResidual: ANYBODY,
  listAffected: ANYBODY,
  findContradictions: ANYBODY,
  proveInclusion: ANYBODY,
  listLeft: ANYBODY,
};

const notAsked = (): never => {
  throw new Error('enforcement does not ask for this');
};

/** Institutions ending in 9999 are not filed; digits 8–9 of the code are the city, 00 the province. */
const FILINGS: ApprovalServiceImplementation<CallerContext> = {
  checkPermission: notAsked,
  listInstitutions: notAsked,
  listNotices: notAsked,
  importInstitutions: notAsked,
  countInstitutions: notAsked,
  getInstitution: async ({ code }) => {
    if (code.endsWith('9999')) throw new Refusal('notFound', 'institution.unknown', '没有这个机构', { field: 'code' });
    const city = code.slice(7, 9);
    return { institution: { code, name: `机构${code}`, authority: city === '00' ? 'LN' : `21${city}` } };
  },
};

const CERTIFICATE_CALLERS = {
  issueCertificates: ANYBODY,
  getCertificate: ANYBODY,
  holdsCertificates: ANYBODY,
  findNumbers: ANYBODY,
  listCertificates: ANYBODY,
  countCertificates: ANYBODY,
  listHolders: ANYBODY,
  importCertificates: ANYBODY,
};

const HOLDERS_PAGE = 800;

/** certificate with its two calls for enforcement; the holders come in pages of 800, whatever limit was requested. */
const certificatesOf = (fake: Neighbour): CertificateServiceImplementation<CallerContext> => ({
  ...{ issueCertificates: notAsked, getCertificate: notAsked, holdsCertificates: notAsked, listCertificates: notAsked },
  ...{ countCertificates: notAsked, importCertificates: notAsked },
  findNumbers: async ({ numbers }) => {
    fake.numbersAsked += 1;
    const known = fake.certificates?.filter(({ number }) => numbers.includes(number));
    return { numbers: known ?? numbers.map((number) => ({ number, institution: number.slice(0, 13), state: 'ISSUED' as const })) };
  },
  listHolders: async (request) => {
    fake.holdersAsked.push(request);
    const rest = fake.holders.filter(({ number }) => number > request.after);
    const holders = rest.slice(0, HOLDERS_PAGE);
    return { holders, next: rest.length > HOLDERS_PAGE ? (holders.at(-1)?.number ?? '') : '' };
  },
});

const rootOf = (records: string): Buffer => createHash('sha256').update(records).digest();

const NOBODY = { keyId: '', algorithm: '', value: Buffer.of() };

/** The key of the service, or of another, over the statement or over its forgery. */
const signing = (fake: Neighbour): Signer => ({
  get keyId() {
    return testSigner(fake.signsAs).keyId;
  },
  sign: (statement) => {
    const forged = fake.forge(statement);
    return forged ? testSigner(fake.signsAs).sign(forged) : NOBODY;
  },
});

/** An answer without a signed statement has no signature field at all. */
const unlessUnsigned = <A extends { signature: { keyId: string } | undefined }>(answer: A): A =>
  answer.signature?.keyId === '' ? { ...answer, signature: undefined } : answer;

const participantOf = (fake: Neighbour, service: Service): ParticipantServiceImplementation<CallerContext> => {
  const attester = { service, signer: signing(fake), now: () => new Date() };
  return {
    preview: async ({ rows }) => ({
      rows: rows.map(({ row, effect }) => {
        const count = fake.counts.get(effect?.value ?? '') ?? 10;
        return { row, count: BigInt(count), fen: 100n, people: BigInt(count), sample: ['a'], root: rootOf(`${effect?.value} ${count}`) };
      }),
    }),
    proveInclusion: async ({ recordId }) => {
      const known = fake.inclusions.get(recordId);
      if (!known) throw new Refusal('notFound', 'record.not_in_receipt', '回执中没有该记录', { field: 'record_id' });
      return known;
    },
    fence: async (request) => {
      await fake.beforeFence();
      fake.fences.push(request);
      const placedAt = fake.placedAt.get(request.orderId) ?? new Date();
      fake.placedAt.set(request.orderId, placedAt);
      return unlessUnsigned(attestFence(attester, { ...request, scope: scopeOf(request) }, { placedAt, standing: request.standing }));
    },
    countResidual: async (request) => {
      await fake.beforeResidual();
      fake.counted.push(request);
      const counts = request.rows.map(({ row, effect }) => {
        const count = fake.residuals.get(effect?.value ?? '') ?? 0;
        return { row, count: BigInt(count), sample: count === 0 ? [] : [`left-${effect?.value}`] };
      });
      const rows = request.rows.map(({ row, undo, undoesRow, effect }) => ({ row, undo, undoesRow, name: effect?.value ?? '' }));
      const lifted = request.lifted.map((part) => ({ rows: part.rows, scope: scopeOf(part) }));
      const asked = { ...request, rows, lifted, scope: scopeOf(request) };
      return unlessUnsigned(attestResidual(attester, asked, { rows: counts, countedAt: new Date() }));
    },
    listAffected: async (request) => {
      const from = fake.moved.filter((id) => id > request.after).slice(0, PAGE);
      const next = from.length < PAGE ? '' : (from.at(-1) ?? '');
      const checks = ALIKE.find((all) => all.includes(request.check)) ?? [request.check];
      const page = { joinedIds: from.join('\n'), count: from.length, next, checks, listedAt: new Date() };
      return { ...unlessUnsigned(attestAffected(attester, request, page)), joinedIds: Buffer.from(page.joinedIds) };
    },
    findContradictions: async (request) =>
      unlessUnsigned(
        attestContradictions(
          attester,
          { ...request, ...idsOf(request) },
          { count: fake.contradictions, sample: [], answeredAt: new Date() },
        ),
      ),
    listLeft: async ({ after }) => ({ records: fake.left.filter(({ recordId }) => recordId > after), next: '' }),
  };
};

/** The ids of one page; the requested limit is ignored. */
const PAGE = 2;
/** Checks that start from the same ids, as in the real services. */
const ALIKE = [['VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY', 'VOID_CERTIFICATE_STANDING_UPLOAD']];

const scopeOf = ({ scope }: { readonly scope?: Scope | undefined }): Scope => {
  if (!scope) throw new Error('a question without a scope');
  return scope;
};

const neighbour = async (service: Service): Promise<Neighbour> => {
  let port = 0;
  let stop = async (): Promise<void> => undefined;
  const fake: Neighbour & { address: string } = {
    address: '',
    fences: [],
    counted: [],
    counts: new Map(),
    residuals: new Map(),
    placedAt: new Map(),
    inclusions: new Map(),
    forge: (statement) => statement,
    signsAs: service,
    moved: [],
    holders: [],
    holdersAsked: [],
    left: [],
    contradictions: 0n,
    certificates: null,
    numbersAsked: 0,
    beforeFence: async () => undefined,
    beforeResidual: async () => undefined,
    stop: () => stop(),
    start: async () => {
      const log = createLog(`fake ${service}`, 'fatal');
      const approval = service === 'approval' ? [grpcService(ApprovalServiceDefinition, FILINGS, APPROVAL_CALLERS)] : [];
      const certificate =
        service === 'certificate' ? [grpcService(CertificateServiceDefinition, certificatesOf(fake), CERTIFICATE_CALLERS)] : [];
      const services = [
        ...approval,
        ...certificate,
        grpcService(ParticipantServiceDefinition, participantOf(fake, service), PARTICIPANT_CALLERS),
      ];
      const server = grpcServer({ host: '127.0.0.1', port, callerSecret: TEST_CALLER_SECRET, log, services });
      stop = await startParts([server]);
      fake.address = server.address();
      port = Number(fake.address.split(':')[1]);
    },
  };
  await fake.start();
  return fake;
};

export type Neighbours = Readonly<Record<Service, Neighbour>>;

export const startNeighbours = async (): Promise<Neighbours> =>
  Object.fromEntries(await Promise.all(SERVICES.map(async (service) => [service, await neighbour(service)]))) as Neighbours;

/** An institution of the city (01..14, 00 = province) that no other test uses. */
export const anInstitution = (city = '01'): string =>
  `S000021${city}${String(Number.parseInt(randomUUID().slice(0, 6), 16) % 9_999).padStart(4, '0')}`;
