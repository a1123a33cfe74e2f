// The act of an export (导出留痕): who exports which list from the platform, and with which filters. The gateway requests the act before it
// sends the first row and again after the last row. If the first act cannot be written, the export does not begin.
import type { ListQuery } from '@hengji/contracts/meta/v1/list';
import { RecordExportResponse, type RecordExportRequest } from '@hengji/contracts/procedure/v1/acts_service';
import { Refusal } from '@hengji/domain-kit';
import type { SqlDb } from '@hengji/messaging';
import { actorOf } from '../actor';
import { recorded, type Doing } from './recorded';

/** Number of filter values in one text of the evidence: a value has at most 100 characters, a text 500. */
const VALUES_A_TEXT = 4;

const inParts = (values: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(values.length / VALUES_A_TEXT) }, (_, i) => values.slice(i * VALUES_A_TEXT, (i + 1) * VALUES_A_TEXT));

/** The filters, sort order and search of the list, e.g. `filter:state IS VOIDED`, `sort:-issuedOn`, `search:沈阳`. */
const queryEvidence = ({ filters, sort, search }: ListQuery): string[] => [
  ...filters.flatMap(({ field, op, values }) => inParts(values).map((part) => `filter:${field} ${op} ${part.join(',')}`)),
  ...sort.map(({ field, descending }) => `sort:${descending ? '-' : ''}${field}`),
  ...(search === '' ? [] : [`search:${search}`]),
];

/** The institution that the list belongs to, if it belongs to one. */
const institutionOf = ({ actor, query }: RecordExportRequest): string => {
  const narrowed = query?.filters.find(({ field, op }) => field === 'institution' && op === 'IS')?.values ?? [];
  return actor?.institution || (narrowed.length === 1 ? (narrowed[0] ?? '') : '');
};

const missing = (field: string): Refusal =>
  new Refusal('invalid', 'request.field_missing', '请求缺少必须填写的内容', { field, rule: 'procedure.v1.RecordExportRequest' });

const check = ({ requestId, actor, list, query, step }: RecordExportRequest): void => {
  actorOf(actor);
  if (requestId === '') throw missing('request_id');
  if (list === '') throw missing('list');
  if (!query) throw missing('query');
  if (step === 'UNSPECIFIED') throw missing('step');
};

/** Writes the act and commits it. Refuses `actor.missing`, `request.field_missing`. */
export const recordExport = async (db: SqlDb, doing: Doing, asked: RecordExportRequest): Promise<RecordExportResponse> => {
  check(asked);
  const { list, query, step, rows } = asked;
  const evidence = [...(query ? queryEvidence(query) : []), ...(step === 'ENDED' ? [`count:${rows}`] : [])];
  return db.$transaction((tx) =>
    recorded(tx, { ...doing, what: `${doing.what} ${step}` }, async () => ({
      answer: RecordExportResponse.create(),
      on: { id: list, institution: institutionOf(asked) },
      evidence,
    })),
  );
};
