// Codes with a wrong check character (统一社会信用代码人工核对): proposed with the licence, confirmed or refused by another officer.
import {
  ConfirmUsccCheckRequest,
  ConfirmUsccCheckResponse,
  ProposeUsccCheckRequest,
  ProposeUsccCheckResponse,
  RefuseUsccCheckRequest,
  RefuseUsccCheckResponse,
  UsccCheckServiceDefinition,
  type UsccCheck as UsccCheckMessage,
  type UsccCheckServiceImplementation,
} from '@hengji/contracts/approval/v1/uscc_check_service';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { Refusal } from '@hengji/domain-kit';
import { grpcService, type CallerContext, type CallerTable, type GrpcService } from '@hengji/host';
import { actorOf, actsOf, arriving, asStream, recordedOnce, takeTurn } from '@hengji/procedure';
import { checkInstitutionCode, PROVINCE, typedNumber } from '@hengji/province';
import { authorityOfCode, checkNeeded, checkReason, decideOnCheck, decidePropose, unknownCheck } from '../../domain/uscc-check';
import type { UsccCheck as Row } from '../../generated/client';
import type { Database, Tx } from '../store/database';
import { findCheck, listChecks, saveDecision, saveProposal, type ListedCheck } from '../store/uscc-checks';
import { USCC_ACTS } from './acts';

const CALLERS = {
  proposeUsccCheck: ['gateway'],
  confirmUsccCheck: ['gateway'],
  refuseUsccCheck: ['gateway'],
  listUsccChecks: ['gateway'],
  getUsccLicence: ['gateway'],
} as const satisfies CallerTable<UsccCheckServiceDefinition['methods']>;

const { doingOnce } = actsOf(USCC_ACTS);

const LICENCE = { LICENCE: { title: '营业执照或登记证书', types: ['application/pdf', 'image/jpeg', 'image/png'] } } as const;
const MOST_BYTES = 5 * 1024 * 1024;

/** Refuses `attachment.*`: the type is that of the bytes. */
const checkedLicence = async (name: string, licence: Uint8Array): Promise<{ type: string; sha256: Uint8Array<ArrayBuffer> }> => {
  const announced = { name, bytes: licence.length, sha256: '' };
  const file = arriving(asStream(licence), { announced, kind: 'LICENCE', kinds: LICENCE, most: MOST_BYTES });
  for await (const chunk of file.content) void chunk;
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(licence)));
  return { type: file.mediaType(), sha256 };
};

const outside = (): Refusal =>
  new Refusal('forbidden', 'territory.outside', '该机构的代码由其备案主管部门的工作人员核对', {
    field: 'institution',
    rule: '管辖:主管部门',
  });

/** Officers act for the authority that files the institution. Refuses `actor.role_forbidden`, `territory.outside`. */
const checkOffice = ({ role, authority }: Actor, institution: string): void => {
  if (role !== 'PROVINCE_OFFICER' && role !== 'CITY_OFFICER') {
    throw new Refusal('forbidden', 'actor.role_forbidden', '该角色不能办理此业务', { field: 'actor.role', rule: 'design' });
  }
  if (authority !== authorityOfCode(institution)) throw outside();
};

/** Whose checks the person reads; empty means all authorities. */
const readableTo = ({ role, authority }: Actor): string => (role === 'PROVINCE_OFFICER' || authority === PROVINCE ? '' : authority);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const stateOf = ({ confirmed, replaced }: ListedCheck): UsccCheckMessage['state'] => {
  if (confirmed !== null) return confirmed ? 'CONFIRMED' : 'REFUSED';
  return replaced ? 'REPLACED' : 'PROPOSED';
};

const message = (row: ListedCheck): UsccCheckMessage => ({
  ...{ uscc: row.uscc, institution: row.institution, version: row.version, authority: row.authority, state: stateOf(row) },
  ...{ reason: row.reason, refusal: row.refusal },
  ...{ licenceName: row.licenceName, licenceType: row.licenceType, licenceBytes: row.licenceBytes },
  licenceSha256: Buffer.from(row.licenceSha256),
  proposed: { officerId: row.proposedBy, name: row.proposedByName, at: row.proposedAt },
  decided:
    row.decidedBy === null || row.decidedAt === null ? undefined : { officerId: row.decidedBy, name: row.decidedByName, at: row.decidedAt },
});

/** The newest proposal of its code. */
const newest = (row: Row): UsccCheckMessage => message({ ...row, replaced: false });

const decided = (row: Row | undefined) =>
  row && { proposedBy: row.proposedBy, licenceSha256: hex(row.licenceSha256), confirmed: row.confirmed };

interface Deps {
  readonly db: Database;
  readonly now: () => Date;
}

const idOf = ({ uscc, institution }: { readonly uscc: string; readonly institution: string }) => ({
  uscc: typedNumber(uscc),
  institution: checkInstitutionCode(institution, 'institution'),
});

interface Answer {
  readonly confirmed: boolean;
  readonly refusal: string;
}

/** What both answers of the second officer have in common. */
const decide = async (tx: Tx, request: ConfirmUsccCheckRequest, { confirmed, refusal, at }: Answer & { readonly at: Date }) => {
  const actor = actorOf(request.actor);
  const id = idOf(request);
  checkOffice(actor, id.institution);
  await takeTurn(tx, `uscc ${id.uscc}`);
  const row = await findCheck(tx, id);
  const seen = hex(request.licenceSha256);
  decideOnCheck(decided(row), { officerId: actor.officerId, seen });
  if (!row) throw unknownCheck();
  const decision = { confirmed, refusal, decidedBy: actor.officerId, decidedByName: actor.name, decidedAt: at };
  await saveDecision(tx, row, decision);
  return {
    answer: { check: newest({ ...row, ...decision }) },
    on: { id: id.uscc, institution: id.institution },
    evidence: [`sha256:${seen}`],
  };
};

type Server = UsccCheckServiceImplementation<CallerContext>;

const proposing = ({ db, now }: Deps): Pick<Server, 'proposeUsccCheck'> => ({
  proposeUsccCheck: async (request, call) => {
    const actor = actorOf(request.actor);
    const id = idOf(request);
    checkOffice(actor, id.institution);
    checkNeeded(id.uscc);
    const reason = checkReason(request.reason);
    const { type: licenceType, sha256: licenceSha256 } = await checkedLicence(request.licenceName, request.licence);
    const licence = new Uint8Array(request.licence);
    // The request is remembered by the hash of its file, not by its bytes.
    const done = doingOnce('proposeUsccCheck', ProposeUsccCheckRequest, { ...request, licence: Buffer.from(licenceSha256) }, call);
    return db.$transaction((tx) =>
      recordedOnce(tx, done, ProposeUsccCheckResponse, async () => {
        await takeTurn(tx, `uscc ${id.uscc}`);
        const before = await findCheck(tx, id);
        decidePropose(decided(before));
        const row: Row = {
          ...{ ...id, version: (before?.version ?? 0) + 1, authority: authorityOfCode(id.institution), reason },
          ...{ licenceName: request.licenceName, licenceType, licence, licenceBytes: licence.length, licenceSha256 },
          ...{ proposedBy: actor.officerId, proposedByName: actor.name, proposedAt: now() },
          ...{ confirmed: null, decidedBy: null, decidedByName: '', decidedAt: null, refusal: '' },
        };
        await saveProposal(tx, row);
        const evidence = [`sha256:${hex(licenceSha256)}`];
        return { answer: { check: newest(row) }, on: { id: id.uscc, institution: id.institution }, evidence };
      }),
    );
  },
});

const server = (deps: Deps): Server => ({
  ...proposing(deps),
  confirmUsccCheck: (request, call) => {
    const done = doingOnce('confirmUsccCheck', ConfirmUsccCheckRequest, request, call);
    const answer = { confirmed: true, refusal: '', at: deps.now() };
    return deps.db.$transaction((tx) => recordedOnce(tx, done, ConfirmUsccCheckResponse, () => decide(tx, request, answer)));
  },
  refuseUsccCheck: (request, call) => {
    const done = doingOnce('refuseUsccCheck', RefuseUsccCheckRequest, request, call);
    const answer = { confirmed: false, refusal: checkReason(request.reason), at: deps.now() };
    return deps.db.$transaction((tx) => recordedOnce(tx, done, RefuseUsccCheckResponse, () => decide(tx, request, answer)));
  },
  listUsccChecks: async (request) => ({ checks: (await listChecks(deps.db, readableTo(actorOf(request.actor)))).map(message) }),
  getUsccLicence: async (request) => {
    const id = idOf(request);
    const own = readableTo(actorOf(request.actor));
    if (own !== '' && own !== authorityOfCode(id.institution)) throw outside();
    const row = await findCheck(deps.db, request.version === 0 ? id : { ...id, version: request.version });
    if (!row) throw unknownCheck();
    return { check: newest(row), licence: Buffer.from(row.licence) };
  },
});

export const usccCheckService = (deps: Deps): GrpcService => grpcService(UsccCheckServiceDefinition, server(deps), CALLERS);
