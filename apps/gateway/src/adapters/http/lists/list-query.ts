// A list's query parameters, made from its ListSpec: the shape for checking the request and for the OpenAPI document, and the query for the
// service. The service refuses a wrong filter value, and names the field.
import { listParams, listQueryOf, type ListParam, type ListSpec } from '@hengji/contracts/lists';
import type { ListQuery } from '@hengji/contracts/meta/v1/list';
import { z } from 'zod';
import { PAGE, SEARCH } from '../fields';

const LONGEST = 2_000;

const OPS = { IS: '等于，多个用逗号分开', HAS: '包含', FROM: '不早于（不小于）', UNTIL: '不晚于（不大于）' } as const;

const aboutOf = ({ op, spec: { title, kind, words } }: ListParam): string =>
  [`${title}${OPS[op]}`, words ? Object.entries(words).map(([word, name]) => `${word} ${name}`) : kind].flat().join('；');

const parameter = (about: string) => z.string().max(LONGEST).optional().openapi({ description: about });

const sortAbout = ({ fields }: ListSpec): string =>
  `至多3项，逗号分开，“-”为降序：${Object.entries(fields)
    .flatMap(([name, { sort, title }]) => (sort === true ? [`${name} ${title}`] : []))
    .join('、')}`;

export type ListParams = Readonly<Record<string, string | number | undefined>>;

/** The parameters that filter and sort the list, without those of the page. */
export const filterShape = (spec: ListSpec): Readonly<Record<string, z.ZodType<string | undefined>>> => ({
  ...Object.fromEntries(listParams(spec).map((param) => [param.name, parameter(aboutOf(param))])),
  ...(spec.search === undefined ? {} : { search: SEARCH.openapi({ description: spec.search }) }),
  sort: parameter(sortAbout(spec)),
});

/** Lists with money can be summed: over all rows found, not only those of the page. */
const sumShape = ({ fields }: ListSpec): Readonly<Record<string, z.ZodType<string | undefined>>> => {
  const money = Object.entries(fields).flatMap(([name, { kind }]) => (kind === 'fen' ? [name] : []));
  return money.length === 0
    ? {}
    : { sum: z.enum(money).optional().openapi({ description: '合计的字段；合计在第一页的 total.sumFen，单位为分' }) };
};

/** The parameters of one page. */
export const queryShape = (spec: ListSpec): Readonly<Record<string, z.ZodType<string | number | undefined>>> => ({
  ...filterShape(spec),
  after: z.string().max(LONGEST).optional(),
  limit: PAGE.limit,
  ...sumShape(spec),
});

/** Makes the query from the parameters; `institution` from the path overrides the parameters. */
export const queryOf = (spec: ListSpec, params: ListParams, institution?: string): ListQuery => {
  const texts = Object.entries(params).map(([name, value]) => [name, value === undefined ? undefined : String(value)] as const);
  const query = listQueryOf(spec, Object.fromEntries(texts));
  if (institution === undefined) return query;
  const others = query.filters.filter(({ field }) => field !== 'institution');
  return { ...query, filters: [...others, { field: 'institution', op: 'IS', values: [institution] }] };
};
