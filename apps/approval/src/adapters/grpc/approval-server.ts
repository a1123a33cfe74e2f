// Maps proto messages to use cases. Reads need no transaction. Each message of the import stream is one transaction, acknowledged after its
// commit. A faulty message is refused as a whole and ends the stream; acknowledged messages stay.
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import type { ApprovalServiceImplementation, ListInstitutionsRequest } from '@hengji/contracts/approval/v1/approval_service';
import type { ListQuery } from '@hengji/contracts/meta/v1/list';
import { dayOf, isDay, Refusal } from '@hengji/domain-kit';
import { inOrder, readList, type CallerContext } from '@hengji/host';
import { earlierQuery, territoryOf } from '@hengji/participation';
import {
  accessWarning,
  checkInstitutionCode,
  isArea,
  isAuthority,
  isEvaluationKind,
  isInstitutionCode,
  PROVINCE,
  typedNumber,
  typedOccupationCode,
} from '@hengji/province';
import { importInstitutions } from '../../application/import-institutions';
import type { Ports } from '../../application/ports';
import { decidePermission, type Question } from '../../domain/filing-status';
import { institutionMessage, noticeMessage } from '../messages';
import type { Database, Tx } from '../store/database';
import { EVERYWHERE, onBatch, recorded } from '@hengji/procedure';
import { doing } from './acts';
import { INSTITUTION_PLACE, institutionList, NOTICE_LIST } from '../store/directory-list';
import { findNotices } from '../store/notices';

export interface ServerDeps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
}

const IMPORT_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;
const MOST_SEARCH_CHARACTERS = 100;

const invalid = (reason: string, message: string, field: string, rule: string): Refusal =>
  new Refusal('invalid', reason, message, { field, rule });

/** Refuses a malformed question. A question about an unknown code or occupation is answered with no. */
const questionOf = ({ kind, occupation, level, day, area }: { [K in keyof Question]: string }): Question => {
  if (!isEvaluationKind(kind)) throw invalid('permission.kind_missing', '请指明评价类别', 'kind', 'N2.2a');
  if (!isDay(day)) throw invalid('permission.day_invalid', '日期应为存在的 YYYY-MM-DD', 'day', 'GB/T 7408');
  if (area !== '' && !isArea(area)) throw invalid('permission.area_invalid', '考场行政区划代码应为辽宁省6位代码', 'area', 'GB/T 2260');
  return { kind, occupation, level, day, area };
};

/** Without a query the request is a directory by code, as gateways of older versions send it. */
const directoryAsked = ({ query, authority, search, page }: ListInstitutionsRequest): ListQuery => {
  if (query) return query;
  if (authority !== '' && !isAuthority(authority)) {
    throw invalid('institution.authority_unknown', '主管部门应为 LN、2101 至 2114 或 LN-SF', 'authority', 'rules §3.3');
  }
  if ([...search].length > MOST_SEARCH_CHARACTERS || /\p{Cc}/u.test(search)) {
    throw invalid('institution.search_invalid', `查询内容不超过${MOST_SEARCH_CHARACTERS}个字，不能有控制字符`, 'search', 'approval.v1');
  }
  return { ...earlierQuery(page, { authority: authority === PROVINCE ? '' : authority }), search };
};

const institutionFilter = (institution: string): string => (institution === '' ? '' : checkInstitutionCode(institution, 'institution'));

/** Codes as a file has them: in lower case, with spaces or hyphens. The name is read by the domain, which names its fault. */
const typedFiling = (one: Institution): Institution => ({
  ...one,
  code: typedNumber(one.code),
  uscc: typedNumber(one.uscc),
  scopeLines: one.scopeLines.map((line) => ({ ...line, occupation: typedOccupationCode(line.occupation) })),
});

type Server = ApprovalServiceImplementation<CallerContext>;
type Reads = Omit<Server, 'importInstitutions'>;

const reads = ({ db, ports: { filings, now } }: ServerDeps): Reads => {
  const today = (): string => dayOf(now());
  const find = async (typed: string) => {
    const code = typedNumber(typed);
    return (await filings.find(db, isInstitutionCode(code) ? [code] : [])).get(code);
  };
  return {
    checkPermission: async (request) => {
      const asked = questionOf(request);
      const record = await find(request.institution);
      const reason = decidePermission(record, asked);
      const warning = reason === '' ? accessWarning(asked.kind, asked.occupation) : '';
      const warnings = warning === '' ? [] : [warning];
      return { permitted: reason === '', reason, warnings, ...(record && { institution: institutionMessage(record, today()) }) };
    },
    getInstitution: async ({ code }) => {
      const record = await find(code);
      if (!record) throw new Refusal('notFound', 'institution.unknown', '该机构代码没有备案', { field: 'code', rule: 'N2.3a' });
      return { institution: institutionMessage(record, today()) };
    },
    listInstitutions: async (request) => {
      // The directory is public: without an actor everybody may read it.
      const territory = request.actor ? territoryOf(request.actor, INSTITUTION_PLACE) : EVERYWHERE;
      const { keys, next, total } = await readList(db, institutionList(today()), directoryAsked(request), territory);
      const records = [...(await filings.find(db, keys)).values()];
      return {
        institutions: inOrder(keys, records, ({ filing }) => filing.code).map((record) => institutionMessage(record, today())),
        ...{ next, total },
      };
    },
    listNotices: async ({ query, institution, page }) => {
      const asked = { institution: institutionFilter(institution) };
      const { keys, next, total } = await readList(db, NOTICE_LIST, query ?? earlierQuery(page, asked), EVERYWHERE);
      return { notices: inOrder(keys, await findNotices(db, keys), ({ noticeId }) => noticeId).map(noticeMessage), next, total };
    },
    countInstitutions: async () => ({ total: await filings.count(db) }),
  };
};

export const approvalServer = (deps: ServerDeps): Server => ({
  ...reads(deps),
  importInstitutions: async function* (requests, call) {
    for await (const request of requests) {
      const institutions = request.institutions.map(typedFiling);
      const records = institutions.map(({ code }) => ({ id: code, institution: code }));
      const work = async (tx: Tx) => ({ answer: await importInstitutions(deps.ports)(tx, institutions), ...onBatch(records) });
      yield await deps.db.$transaction((tx) => recorded(tx, doing('importInstitutions', {}, call), () => work(tx)), IMPORT_LIMITS);
    }
  },
});
