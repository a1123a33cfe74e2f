// The gRPC service that lists acts. With a query: the list of acts within the reader's territory, like any list. Without a query, as older
// gateways ask: narrowed to a record, a case, a person or an institution, newest first.
import { ACT_DETAIL_WORDS } from '@hengji/contracts/lists';
import type { Actor as ActorMessage } from '@hengji/contracts/meta/v1/meta';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import type {
  Act as ActMessage,
  ActsServiceDefinition,
  ActsServiceImplementation,
  ListActsRequest,
} from '@hengji/contracts/procedure/v1/acts_service';
import { Refusal } from '@hengji/domain-kit';
import { nextOf, pageOf, type CallerContext, type CallerTable, type Page } from '@hengji/host';
import { rowsOf } from '@hengji/messaging';
import sql, { join, type Sql } from 'sql-template-tag';
import { listedActs, type ActsDeps } from './act-list';
import { ACT_COLUMNS, type ActRow } from './act-rows';
import { doing } from './messaging-acts';
import { recordExport } from './record-export';

export const ACTS_CALLERS = { listActs: ['gateway'], recordExport: ['gateway'] } as const satisfies CallerTable<
  ActsServiceDefinition['methods']
>;

/** Positions returned as cursors are ids. */
const CURSOR = /^\d{0,18}$/;

const checkNarrowed = ({ recordKind, recordId, caseId, personId, institution }: ListActsRequest): void => {
  const isRecord = recordKind !== '' && recordId !== '';
  if (isRecord || ((recordKind === '') === (recordId === '') && (caseId !== '' || personId !== '' || institution !== ''))) return;
  const message = '请指明记录（类型和编号）、案件、人员或机构';
  throw new Refusal('invalid', 'acts.filter_missing', message, { field: 'record_id', rule: 'procedure.v1.ListActsRequest' });
};

/** The statement contains only the conditions that narrow, so that it uses the matching index. */
const conditions = (asked: ListActsRequest, { after }: Page): Sql[] => [
  ...(asked.recordId === '' ? [] : [sql`record_kind = ${asked.recordKind} AND record_id = ${asked.recordId}`]),
  ...(asked.caseId === '' ? [] : [sql`case_id = ${asked.caseId} AND case_id <> ''`]),
  ...(asked.personId === '' ? [] : [sql`by_kind = 'PERSON' AND by_id = ${asked.personId}`]),
  ...(asked.institution === '' ? [] : [sql`institution = ${asked.institution}`]),
  ...(asked.from ? [sql`at >= ${asked.from.toISOString()}::timestamptz`] : []),
  ...(asked.until ? [sql`at < ${asked.until.toISOString()}::timestamptz`] : []),
  ...(after === '' ? [] : [sql`act.id < ${after}::bigint`]),
];

const narrowedActs = ({ db }: ActsDeps, asked: ListActsRequest, page: Page): Promise<ActRow[]> => {
  const where = join(conditions(asked, page), ' AND ');
  return rowsOf(db, sql`SELECT ${ACT_COLUMNS} FROM procedure.act WHERE ${where} ORDER BY act.id DESC LIMIT ${page.limit}::integer`);
};

const personOf = (row: ActRow): ActorMessage | undefined =>
  row.by_kind === 'SERVICE'
    ? undefined
    : {
        ...Actor.fromPartial({ officerId: row.by_id, name: row.by_name, authority: row.by_authority, institution: row.by_institution }),
        ...{ role: row.by_role as Actor['role'], account: row.by_account, post: row.by_post },
      };

const actMessage = (service: string, row: ActRow): ActMessage => ({
  at: row.at,
  person: personOf(row),
  service: row.by_kind === 'SERVICE' ? row.by_id : '',
  what: row.what,
  recordKind: row.record_kind,
  recordId: row.record_id,
  institution: row.institution,
  evidence: row.evidence,
  orderId: row.order_id,
  caseId: row.case_id,
  purpose: row.purpose,
  requestId: row.request_id,
  position: BigInt(row.position ?? 0),
  actId: `${service}-${row.id}`,
  keptBy: service,
  personName: row.by_name,
  personId: row.by_kind === 'PERSON' ? row.by_id : '',
  step: '',
  stepTitle: '',
});

/** `TakeStep CLOSE` means the step CLOSE. */
const split = (act: ActMessage, titleOfStep: ActsDeps['titleOfStep']): ActMessage => {
  const [what = '', ...rest] = act.what.split(' ');
  const step = rest.join(' ');
  return { ...act, what, step, stepTitle: titleOfStep?.(step) ?? ACT_DETAIL_WORDS[step] ?? '' };
};

export const actsServer = (deps: ActsDeps): ActsServiceImplementation<CallerContext> => ({
  listActs: async (request) => {
    if (request.query) {
      const { rows, ...rest } = await listedActs(deps, request.actor, request.query);
      return { acts: rows.map((row) => split(actMessage(deps.service, row), deps.titleOfStep)), ...rest };
    }
    checkNarrowed(request);
    const page = pageOf(request.page, CURSOR);
    const rows = await narrowedActs(deps, request, page);
    const acts = rows.map((row) => actMessage(deps.service, row));
    return { acts, next: nextOf(rows, page, ({ id }) => id), total: undefined, institutions: [] };
  },
  recordExport: (request, call) => recordExport(deps.db, doing('recordExport', request, call), request),
});
