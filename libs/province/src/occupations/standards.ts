// The occupations that the province evaluates (N2.2d, rules §4.2): the levels with a national standard, and whether admission is restricted (准入,
// rules §4.3). Names are the dictionary's. A partly restricted occupation (some of its trades) is allowed and lists its restricted trades.
import { findEntry } from './dictionary';
import { EDITION_2015 } from './edition-2015';

export interface Occupation {
  readonly code: string;
  readonly name: string;
  /** Level digits with a national standard, lowest skill first: "54321". */
  readonly levels: string;
  /** True if the whole occupation is 准入. */
  readonly accessRestricted: boolean;
  /** Its trades that are 准入, if not the whole occupation is. */
  readonly restrictedTrades?: string;
  /** For a code that only the 2015 edition has: its successor in 2022. */
  readonly successor?: string;
}

const ALL = '54321';
const RESTRICTED = { accessRestricted: true };

type More = Partial<Pick<Occupation, 'accessRestricted' | 'restrictedTrades'>>;

const STANDARDS: readonly (readonly [code: string, levels: string, more?: More])[] = [
  ['6-31-01-03', ALL],
  ['6-31-01-02', ALL],
  ['6-20-01-01', ALL],
  ['6-18-04-06', ALL],
  ['6-18-02-04', ALL, { restrictedTrades: '民用核安全设备焊接人员' }],
  ['6-18-01-01', ALL],
  ['6-18-01-02', ALL],
  ['6-18-01-04', ALL],
  ['6-18-01-07', '4321'],
  ['6-18-01-08', ALL],
  ['6-18-01-13', '4321'],
  ['6-18-02-01', ALL],
  ['6-18-02-02', ALL],
  ['6-18-02-03', ALL],
  ['6-18-03-03', ALL],
  ['6-18-04-01', '4321'],
  ['6-17-02-02', ALL],
  ['6-17-01-06', ALL],
  ['6-17-09-02', ALL],
  ['6-11-01-03', ALL],
  ['6-16-01-05', ALL],
  ['6-16-01-12', ALL],
  ['6-22-02-01', ALL],
  ['6-23-02-01', ALL],
  ['6-25-04-09', ALL],
  ['6-28-01-11', ALL],
  ['6-28-01-14', ALL],
  ['6-28-01-15', ALL],
  ['6-28-02-01', ALL],
  ['6-28-03-01', ALL],
  ['6-28-03-03', ALL],
  ['6-29-01-01', ALL],
  ['6-29-01-03', ALL],
  ['6-29-01-04', ALL],
  ['6-29-01-05', '5432'],
  ['6-29-02-08', ALL],
  ['6-29-03-03', ALL],
  ['6-29-03-05', ALL],
  ['6-30-05-01', ALL],
  ['6-30-05-05', ALL],
  ['6-31-03-01', ALL],
  ['6-31-03-04', '4321'],
  ['6-31-07-01', '4321'],
  ['6-31-07-03', '4321'],
  ['6-02-01-01', ALL],
  ['6-02-06-11', ALL],
  ['6-05-01-03', '5432'],
  ['4-01-06-01', ALL],
  ['4-01-06-02', ALL],
  ['4-02-01-01', '321', RESTRICTED],
  ['4-02-01-06', ALL],
  ['4-02-04-01', ALL, RESTRICTED],
  ['4-02-04-06', ALL],
  ['4-02-06-01', ALL],
  ['4-02-06-03', '4321'],
  ['4-02-06-05', '321'],
  ['4-02-07-08', ALL],
  ['4-02-07-09', ALL],
  ['4-03-02-01', ALL],
  ['4-03-02-02', ALL],
  ['4-03-02-03', ALL],
  ['4-03-02-04', ALL],
  ['4-03-02-05', ALL],
  ['4-03-02-07', ALL],
  ['4-03-02-08', ALL],
  ['4-03-02-09', ALL],
  ['4-04-04-02', '4321'],
  ['4-04-05-05', ALL],
  ['4-06-01-01', '4321'],
  ['4-06-01-04', '4321'],
  ['4-07-03-01', '4321'],
  ['4-07-03-02', '4321'],
  ['4-07-03-04', '4321'],
  ['4-07-03-06', '4321'],
  ['4-07-05-01', ALL, { restrictedTrades: '保安员证(公安)' }],
  ['4-07-05-02', ALL, { restrictedTrades: '民航安全检查员' }],
  ['4-07-05-03', ALL, RESTRICTED],
  ['4-08-05-01', ALL],
  ['4-09-10-01', ALL],
  ['4-09-10-05', ALL],
  ['4-10-01-01', '4321'],
  ['4-10-01-03', ALL],
  ['4-10-01-04', ALL],
  ['4-10-01-05', ALL],
  ['4-10-01-06', '5432'],
  ['4-10-03-01', ALL],
  ['4-10-03-02', ALL],
  ['4-10-04-01', ALL],
  ['4-10-04-02', ALL],
  ['4-10-07-01', ALL],
  ['4-10-08-01', ALL],
  ['4-12-01-01', ALL],
  ['4-13-01-05', ALL],
  ['4-14-01-02', '543'],
  ['4-14-01-03', '543'],
  ['4-14-02-01', '4321'],
  ['4-14-02-02', '321'],
  ['4-14-02-05', '321'],
  ['4-14-03-03', ALL],
  ['4-14-03-04', ALL],
  ['4-14-05-01', ALL, { restrictedTrades: '游泳、滑雪、潜水、攀岩' }],
  ['4-14-05-03', ALL, RESTRICTED],
  ['3-02-03-01', ALL, RESTRICTED],
  ['3-02-03-06', ALL, RESTRICTED],
  ['3-02-03-08', ALL, RESTRICTED],
  ['5-03-01-01', ALL, RESTRICTED],
  ['5-05-02-01', ALL],
  ['5-05-05-02', ALL],
];

const ofEdition2022 = ([code, levels, more]: (typeof STANDARDS)[number]): Occupation => {
  const entry = findEntry(code);
  if (!entry) throw new Error(`the dictionary has no ${code}`);
  return { code, name: entry.name, levels, accessRestricted: false, ...more };
};

let loaded: ReadonlyMap<string, Occupation> | undefined;

const evaluated = (): ReadonlyMap<string, Occupation> => {
  loaded ??= new Map([
    ...STANDARDS.map((row): [string, Occupation] => [row[0], ofEdition2022(row)]),
    ...[...EDITION_2015].map(([code, old]): [string, Occupation] => [code, { code, ...old, accessRestricted: false }]),
  ]);
  return loaded;
};

/** All evaluated occupations; those of the 2015 edition last. */
export const evaluatedOccupations = (): readonly Occupation[] => [...evaluated().values()];

/** The occupation of a code, if the province evaluates it. */
export const findEvaluated = (code: string): Occupation | undefined => evaluated().get(code);
