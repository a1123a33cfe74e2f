// proto ↔ use case. Reads need no transaction; each message of the import stream is one, acknowledged once committed. A
// faulty message is refused whole and ends the stream; what was acknowledged before stays.
import type { ApprovalServiceImplementation, ListInstitutionsRequest } from '@hengji/contracts/approval/v1/approval_service';
import { dayOf, isDay, Refusal } from '@hengji/domain-kit';
import { checkInstitutionCode, isAuthority, isEvaluationKind, isInstitutionCode, PROVINCE } from '@hengji/province';
import { importInstitutions } from '../../application/import-institutions';
import type { Ports } from '../../application/ports';
import { decidePermission, type Question } from '../../domain/filing-status';
import { institutionMessage, noticeMessage } from '../messages';
import type { Database, Tx } from '../store/database';
import { listNotices, type NoticeCursor } from '../store/notices';
import { ASCII_CURSOR, cursorInvalid, nextOf, pageOf } from '@hengji/host';

export interface ServerDeps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
}

const IMPORT_LIMITS = { maxWait: 10_000, timeout: 60_000 } as const;
const MOST_SEARCH_CHARACTERS = 100;

const invalid = (reason: string, message: string, field: string, rule: string): Refusal =>
  new Refusal('invalid', reason, message, { field, rule });

/** Refuses what is no question; a question about an unknown code or occupation gets its answer, which is no. */
const questionOf = ({ kind, occupation, level, day }: { [K in keyof Question]: string }): Question => {
  if (!isEvaluationKind(kind)) throw invalid('permission.kind_missing', '请指明评价类别', 'kind', 'N2.2a');
  if (!isDay(day)) throw invalid('permission.day_invalid', '日期应为存在的 YYYY-MM-DD', 'day', 'GB/T 7408');
  return { kind, occupation, level, day };
};

const filtersOf = ({ authority, search }: ListInstitutionsRequest): { authority: string; search: string } => {
  if (authority !== '' && !isAuthority(authority)) {
    throw invalid('institution.authority_unknown', '主管部门应为 LN、2101 至 2114 或 LN-SF', 'authority', 'rules §3.3');
  }
  if ([...search].length > MOST_SEARCH_CHARACTERS || /\p{Cc}/u.test(search)) {
    throw invalid('institution.search_invalid', `查询内容不超过${MOST_SEARCH_CHARACTERS}个字，不能有控制字符`, 'search', 'approval.v1');
  }
  return { authority: authority === PROVINCE ? '' : authority, search: search.trim() };
};

const noticeCursorOf = (after: string): NoticeCursor | undefined => {
  if (after === '') return undefined;
  const [millis = '', noticeId = ''] = after.split('/');
  const publishedAt = new Date(Number(millis));
  if (!/^\d+$/.test(millis) || noticeId === '' || Number.isNaN(publishedAt.getTime())) throw cursorInvalid();
  return { publishedAt, noticeId };
};

const checkInstitutionFilter = (institution: string): void => {
  if (institution !== '') checkInstitutionCode(institution, 'institution');
};

type Reads = Omit<ApprovalServiceImplementation, 'importInstitutions'>;

const reads = ({ db, ports: { filings, now } }: ServerDeps): Reads => {
  const today = (): string => dayOf(now());
  const find = async (code: string) => (await filings.find(db, isInstitutionCode(code) ? [code] : [])).get(code);
  return {
    checkPermission: async (request) => {
      const asked = questionOf(request);
      const record = await find(request.institution);
      const reason = decidePermission(record, asked);
      return { permitted: reason === '', reason, ...(record && { institution: institutionMessage(record, today()) }) };
    },
    getInstitution: async ({ code }) => {
      const record = await find(code);
      if (!record) throw new Refusal('notFound', 'institution.unknown', '该机构代码没有备案', { field: 'code', rule: 'N2.3a' });
      return { institution: institutionMessage(record, today()) };
    },
    listInstitutions: async (request) => {
      const page = pageOf(request.page, ASCII_CURSOR);
      const records = await filings.page(db, { ...filtersOf(request), ...page });
      const next = nextOf(records, page, (record) => record.filing.code);
      return { institutions: records.map((record) => institutionMessage(record, today())), next };
    },
    listNotices: async (request) => {
      checkInstitutionFilter(request.institution);
      const page = pageOf(request.page, ASCII_CURSOR);
      const notices = await listNotices(db, request.institution, { after: noticeCursorOf(page.after), limit: page.limit });
      const next = nextOf(notices, page, ({ publishedAt, noticeId }) => `${publishedAt.getTime()}/${noticeId}`);
      return { notices: notices.map(noticeMessage), next };
    },
    countInstitutions: async () => ({ total: await filings.count(db) }),
  };
};

export const approvalServer = (deps: ServerDeps): ApprovalServiceImplementation => ({
  ...reads(deps),
  importInstitutions: async function* (requests) {
    for await (const { institutions } of requests) {
      yield await deps.db.$transaction((tx) => importInstitutions(deps.ports)(tx, institutions), IMPORT_LIMITS);
    }
  },
});
