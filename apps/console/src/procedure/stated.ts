// What a person states with a step, from the fields of the form to the request of the gateway: how a document was served, and what the step
// states beside its text. Fields of another mode or another step are left out, whatever was typed in them.
import type { ServiceRule, StepBody } from '../case-api';
import type { Answers } from '../http';
import { LEGAL_POINTS, WAIVED_RIGHTS, type CAPACITIES } from '../words/case-words';

/** Names as people type them, with any of the usual separators. */
const namesIn = (text: string): string[] => text.split(/[、，,；;\s]+/u).filter((name) => name !== '');

export type Mode = Exclude<Answers['ServiceMode'], 'UNSPECIFIED'>;
type Capacity = keyof typeof CAPACITIES;

/** The fields of the form of a service. */
export interface ServiceTyped {
  readonly mode?: Mode;
  readonly receiver?: string;
  /** Of an input for date and time: YYYY-MM-DDTHH:MM. */
  readonly servedAt?: string;
  readonly capacity?: Capacity;
  /** Names with 、 between them. */
  readonly servers?: string;
  /** Numbers with 、 between them. */
  readonly credentials?: string;
  readonly witness?: string;
  readonly postNumber?: string;
  readonly publishedIn?: string;
  readonly reason?: string;
}

/** The service as the gateway takes it, without fields that the mode does not have. */
export interface ServiceStated {
  readonly mode: Mode;
  readonly receiver: string;
  readonly service: {
    readonly servedAt?: string;
    readonly capacity?: Capacity;
    readonly servers: string[];
    readonly credentials: string[];
    readonly witness: string;
    readonly postNumber: string;
    readonly publishedIn: string;
    readonly reason: string;
  };
}

export const serviceOf = (typed: ServiceTyped, rules: readonly ServiceRule[]): ServiceStated | undefined => {
  const { mode, servedAt, capacity } = typed;
  if (mode === undefined) return undefined;
  const fields = rules.find((rule) => rule.mode === mode)?.fields ?? [];
  const said = (name: 'receiver' | 'servers' | 'credentials' | 'witness' | 'postNumber' | 'publishedIn' | 'reason'): string =>
    fields.includes(name) ? (typed[name] ?? '').trim() : '';
  return {
    mode,
    receiver: said('receiver'),
    service: {
      ...(servedAt === undefined || servedAt === '' ? {} : { servedAt: `${servedAt.slice(0, 16)}:00+08:00` }),
      ...(capacity === undefined || !fields.includes('capacity') ? {} : { capacity }),
      servers: namesIn(said('servers')),
      credentials: namesIn(said('credentials')),
      witness: said('witness'),
      postNumber: said('postNumber'),
      publishedIn: said('publishedIn'),
      reason: said('reason'),
    },
  };
};

export type Particulars = NonNullable<StepBody['particulars']>;
type Point = keyof typeof LEGAL_POINTS;
type Right = keyof typeof WAIVED_RIGHTS;

/** The fields of the form of the particulars. */
export interface ParticularsTyped {
  readonly credential?: string;
  readonly noInterest?: boolean;
  readonly waived?: Right[];
  readonly receivedOn?: string;
  readonly legalFindings?: Partial<Record<Point, { readonly result?: 'PASSED' | 'FAILED'; readonly remark?: string }>>;
  readonly heldOn?: string;
  /** Names with 、 between them. */
  readonly participants?: string;
  readonly conclusion?: string;
  readonly officerId?: string;
  readonly officerName?: string;
}

export const POINTS = Object.keys(LEGAL_POINTS) as Point[];
export const RIGHTS = Object.entries(WAIVED_RIGHTS).map(([value, label]) => ({ value: value as Right, label }));
export const RESULTS = { PASSED: '通过', FAILED: '不通过' } as const;
/** What each word of the needs adds to the request. */
const STATED: Readonly<Record<string, (typed: ParticularsTyped) => Partial<Particulars>>> = {
  CREDENTIAL: ({ credential = '' }) => ({ credential }),
  NO_INTEREST: ({ noInterest = false }) => ({ noInterest }),
  WAIVED: ({ waived = [] }) => ({ waived }),
  PAPER: ({ receivedOn = '' }) => ({ receivedOn }),
  LEGAL_FINDINGS: ({ legalFindings = {} }) => ({
    legalFindings: POINTS.flatMap((point) => {
      const { result, remark = '' } = legalFindings[point] ?? {};
      return result === undefined ? [] : [{ point, passed: result === 'PASSED', remark }];
    }),
  }),
  DISCUSSION: ({ heldOn = '', participants = '', conclusion = '' }) => ({
    discussion: { heldOn, participants: namesIn(participants), conclusion },
  }),
  OFFICER: ({ officerId = '' }) => ({ officerId }),
  OFFICER_NAME: ({ officerName = '' }) => ({ officerName }),
};

/** What the step states; undefined if it needs nothing of this kind. */
export const particularsOf = (needs: readonly string[], typed: ParticularsTyped): Partial<Particulars> | undefined => {
  const stated = needs.flatMap((need) => STATED[need]?.(typed) ?? []);
  return stated.length === 0 ? undefined : Object.assign({}, ...stated);
};
