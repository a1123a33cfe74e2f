// What a step of a case states beside its text (步骤要素): one value type for the request and the record. Which step states what is a
// column of steps.ts; the checks are in this folder, one file per subject.
import type { Day } from '@hengji/domain-kit';
import type { Measure } from '../../cascade';

export const WAIVED_RIGHTS = ['REPLY', 'HEARING'] as const;
export type WaivedRight = (typeof WAIVED_RIGHTS)[number];

/** What the legal check examines (行政处罚法第五十八条). */
export const LEGAL_POINTS = {
  SUBJECT: '主体',
  FACTS: '事实',
  EVIDENCE: '证据',
  BASIS: '依据',
  PROCEDURE: '程序',
  DISCRETION: '裁量',
} as const;
export type LegalPoint = keyof typeof LEGAL_POINTS;

export interface LegalFinding {
  readonly point: LegalPoint;
  readonly passed: boolean;
  readonly remark: string;
}

export interface Discussion {
  readonly heldOn: Day | '';
  readonly participants: readonly string[];
  readonly conclusion: string;
}

/** What one measure of a draft reaches (told/reach.ts); as stored in the record, so without bigint and bytes. */
export interface Reached {
  readonly measure: Measure;
  readonly count: number;
  readonly people: number;
  /** Only of a recovery. */
  readonly fen: number;
  /** Merkle root (hex) over the ids of exactly these records. */
  readonly root: string;
}

/** Empty values mean: not stated. */
export interface Particulars {
  /** 执法证号. */
  readonly credential: string;
  readonly noInterest: boolean;
  readonly waived: readonly WaivedRight[];
  /** The day on which a paper was received that an officer entered for the institution. */
  readonly receivedOn: Day | '';
  readonly legalFindings: readonly LegalFinding[];
  readonly discussion: Discussion | null;
  /** Whom a decision on a recusal concerns, and whom the institution asks to recuse. */
  readonly officerId: string;
  readonly officerName: string;
  /** What the draft of a notice or a decision reaches, as the services counted it; nobody states it. */
  readonly reach: readonly Reached[];
}

export const NOTHING_STATED: Particulars = {
  ...{ credential: '', noInterest: false, waived: [], receivedOn: '', legalFindings: [], discussion: null, officerId: '', officerName: '' },
  reach: [],
};

/** The fields of each word of the column `particulars` of steps.ts. */
const FIELDS = {
  CREDENTIAL: 'credential',
  NO_INTEREST: 'noInterest',
  WAIVED: 'waived',
  PAPER: 'receivedOn',
  LEGAL_FINDINGS: 'legalFindings',
  DISCUSSION: 'discussion',
  OFFICER: 'officerId',
  OFFICER_NAME: 'officerName',
} as const satisfies Record<string, keyof Particulars>;

export type Particular = keyof typeof FIELDS;

/** What the record keeps: only what the step states. */
export const statedBy = (words: readonly Particular[], asked: Particulars): Particulars => ({
  ...NOTHING_STATED,
  ...Object.fromEntries(words.map((word) => [FIELDS[word], asked[FIELDS[word]]])),
});
