// Rows of the route table for lists, made from the ListSpecs: each list over the person's whole territory, some lists of one institution,
// and each list as an Excel file.
import type { ListName } from '@hengji/contracts/lists';
import { fileOf } from '../answers';
import { CODE_PARAM } from '../fields';
import { route, type Route } from '../route';
import { exportList, XLSX } from './export';
import { filterShape, queryOf, queryShape, type ListParams } from './list-query';
import { SOURCES, type Source } from './sources';

const EXCEL = fileOf(XLSX, 'Excel文件：全部页，另有一张导出说明');

const wholeTerritory = (source: Source): Route[] => {
  const { spec, roles, answers, read } = source;
  const ofList = { method: 'get', roles, territory: 'narrowed list' } as const;
  return [
    route({
      ...{ ...ofList, path: `/${spec.name}`, summary: spec.title, answers },
      query: queryShape(spec),
      handle: ({ neighbours }, { person, query }) => read(neighbours, { person, query: queryOf(spec, query as ListParams) }),
    }),
    route({
      ...{ ...ofList, path: `/${spec.name}/export`, summary: `${spec.title}导出`, answers: EXCEL },
      query: filterShape(spec),
      handle: async ({ neighbours }, { person, query, signal }, response) => {
        const asked = { source, person, query: queryOf(spec, query as ListParams), signal };
        await exportList({ ...asked, neighbours, now: () => new Date() }, response);
      },
    }),
  ];
};

/** The same list for one institution, after the check that the institution in the path is in the person's territory. */
const ofInstitution = ({ spec, roles, answers, read }: Source): Route =>
  route({
    ...{ method: 'get', path: `/institutions/:code/${spec.name}`, roles, territory: 'institution in path' },
    ...{ summary: `${spec.title}（一个机构）`, answers, params: CODE_PARAM },
    query: queryShape(spec),
    handle: ({ neighbours }, { person, params, query }) =>
      read(neighbours, { person, query: queryOf(spec, query as ListParams, params.code) }),
  });

const OF_INSTITUTIONS = ['plans', 'results', 'certificates', 'payments', 'recoveries'] as const satisfies readonly ListName[];

export const LIST_ROUTES: readonly Route[] = [
  ...Object.values(SOURCES).flatMap(wholeTerritory),
  ...OF_INSTITUTIONS.map((name) => ofInstitution(SOURCES[name])),
];
