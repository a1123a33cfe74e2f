// The five services that an order reaches, faked at their gRPC interface; approval also answers for the filings. A fake counts
// what it is told to count, remembers the fences that it took, and can be down, slow or wrong.
import { createHash, randomUUID } from 'node:crypto';
import { ApprovalServiceDefinition, type ApprovalServiceImplementation } from '@hengji/contracts/approval/v1/approval_service';
import {
  ParticipantServiceDefinition,
  type CountResidualRequest,
  type FenceRequest,
  type ProveInclusionResponse,
  type ParticipantServiceImplementation,
} from '@hengji/contracts/enforcement/v1/participant_service';
import { Refusal } from '@hengji/domain-kit';
import { createLog, grpcServer, grpcService, type CallerContext } from '@hengji/host';
import { startParts, TEST_CALLER_SECRET } from '@hengji/testing';
import { SERVICES, type Service } from '../src/domain/cascade';

export interface Neighbour {
  readonly address: string;
  readonly fences: FenceRequest[];
  /** Counts that it was asked for. */
  readonly counted: CountResidualRequest[];
  /** Records that a preview finds, by effect; ten by default. */
  readonly counts: Map<string, number>;
  /** Records that are not in the state demanded, by effect; none by default. */
  readonly residuals: Map<string, number>;
  /** What proves a record, by its id. */
  readonly inclusions: Map<string, ProveInclusionResponse>;
  /** Awaited before a fence is answered. */
  beforeFence: () => Promise<void>;
  /** Awaited before a residual is answered. */
  beforeResidual: () => Promise<void>;
  stop(): Promise<void>;
  /** Comes back at the same address. */
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
  throw new Error('enforcement asks approval for one institution only');
};

/** Institutions ending in 9999 are not filed; the two digits 8–9 of the code are those of the city, 00 the province. */
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

const rootOf = (records: string): Buffer => createHash('sha256').update(records).digest();

const participantOf = (fake: Neighbour): ParticipantServiceImplementation<CallerContext> => ({
  ...NOTHING_AFFECTED,
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
    return { placedAt: new Date() };
  },
  countResidual: async (request) => {
    await fake.beforeResidual();
    fake.counted.push(request);
    return {
      rows: request.rows.map(({ row, effect }) => {
        const count = fake.residuals.get(effect?.value ?? '') ?? 0;
        return { row, count: BigInt(count), sample: count === 0 ? [] : [`left-${effect?.value}`] };
      }),
    };
  },
});

const NOTHING_AFFECTED = {
  listAffected: async () => ({ ids: [], next: '' }),
  findContradictions: async () => ({ count: 0n, sample: [] }),
  listLeft: async () => ({ records: [], next: '' }),
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
    inclusions: new Map(),
    beforeFence: async () => undefined,
    beforeResidual: async () => undefined,
    stop: () => stop(),
    start: async () => {
      const log = createLog(`fake ${service}`, 'fatal');
      const approval = service === 'approval' ? [grpcService(ApprovalServiceDefinition, FILINGS, APPROVAL_CALLERS)] : [];
      const services = [...approval, grpcService(ParticipantServiceDefinition, participantOf(fake), PARTICIPANT_CALLERS)];
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

/** An institution of the city (01..14, 00 = province) that no other test has. */
export const anInstitution = (city = '01'): string =>
  `S000021${city}${String(Number.parseInt(randomUUID().slice(0, 6), 16) % 9_999).padStart(4, '0')}`;
