// A small procedure as a service would write it, for the specs and for docs/PROCEDURE.md: an objection (异议) to a published score. The
// institution files it and may withdraw it; one officer accepts it, another decides; the reply is a document that is served.
import { Refusal, type Lifecycle } from '@hengji/domain-kit';
import { authorityName, remediesInWords } from '@hengji/province';
import {
  numbering,
  receiptRows,
  type Asked,
  type Delivery,
  type DocumentTable,
  type Entry,
  type Procedure,
  type ProcedureFile,
  type StepRule,
  type Terms,
} from '../src/tables';

export type ObjectionState = 'FILED' | 'ACCEPTED' | 'DECIDED' | 'REPLIED' | 'WITHDRAWN';
export type ObjectionStep = 'FILE' | 'ACCEPT' | 'HEAR' | 'DECIDE' | 'REPLY' | 'WITHDRAW' | 'PAUSE' | 'GO_ON';

export interface Objection extends ProcedureFile {
  readonly state: ObjectionState;
  readonly paused: boolean;
  /** Set by DECIDE. */
  readonly outcome: string;
  readonly entries: readonly Entry<ObjectionStep>[];
}

export interface Person {
  readonly id: string;
  readonly office: string;
  readonly institution: string;
}

interface ObjectionAsked extends Asked {
  readonly step: ObjectionStep;
  readonly actor: Person;
}

export interface ObjectionTerms extends Terms {
  readonly file: Objection;
  readonly step: ObjectionStep;
  readonly by: 'officer' | 'institution';
  readonly part: 'handler' | 'decider';
  readonly track: 'main' | 'pause';
  readonly document: 'ANSWER' | 'SERVICE_RECEIPT';
  readonly facts: object;
  readonly actor: Person;
  readonly asked: ObjectionAsked;
}

const OFFICER = { track: 'main', by: 'officer', needsText: true, whileSuspended: false, shownToParty: true } as const;
const PARTY = { track: 'main', by: 'institution', needsText: true, whileSuspended: true, shownToParty: true } as const;

const isUnheard = ({ entries }: Objection): boolean => !entries.some(({ step }) => step === 'HEAR');

/** One row per step: its taker, its needs, the document that it issues or serves, its limits, and when it is a task. */
const STEPS = {
  FILE: { ...PARTY, title: '提出异议', starts: ['D-OBJ-ACCEPT'] },
  ACCEPT: { ...OFFICER, title: '受理', task: true, part: 'handler', starts: ['D-OBJ-DECIDE'], meets: ['D-OBJ-ACCEPT'] },
  HEAR: { ...OFFICER, title: '调查核实', task: { when: isUnheard }, part: 'handler', shownToParty: false },
  DECIDE: { ...OFFICER, title: '作出答复', task: { when: (file) => !isUnheard(file) }, part: 'decider', issues: 'ANSWER' },
  REPLY: { ...OFFICER, title: '送达答复', task: true, needsText: false, serves: 'ANSWER', meets: ['D-OBJ-DECIDE'] },
  WITHDRAW: { ...PARTY, title: '撤回异议', needsText: false, cancels: ['D-OBJ-ACCEPT', 'D-OBJ-DECIDE'] },
  PAUSE: { ...OFFICER, title: '中止', track: 'pause' },
  GO_ON: { ...OFFICER, title: '恢复', task: true, track: 'pause', whileSuspended: true },
} as const satisfies Record<ObjectionStep, StepRule<ObjectionTerms>>;

const WITHDRAWN = { WITHDRAW: 'WITHDRAWN' } as const;

const LIFECYCLE = {
  FILED: { ACCEPT: 'ACCEPTED', ...WITHDRAWN },
  ACCEPTED: { HEAR: 'ACCEPTED', DECIDE: 'DECIDED', ...WITHDRAWN },
  DECIDED: { REPLY: 'REPLIED' },
  REPLIED: {},
  WITHDRAWN: {},
} as const satisfies Lifecycle<ObjectionState, ObjectionStep>;

const PAUSES = { running: { PAUSE: 'paused' }, paused: { GO_ON: 'running' } } as const satisfies Lifecycle<
  'running' | 'paused',
  ObjectionStep
>;

/** A check that only an objection has: an objection is not decided before it is examined. */
const checkHeard = (file: Objection): void => {
  if (isUnheard(file)) {
    throw new Refusal('illegalMove', 'objection.not_heard', '应先调查核实', { field: 'step', rule: 'design' });
  }
};

/** A pause because of missing material needs an attachment that shows it. */
const checkPaper = (_: Objection, attachmentIds: readonly string[]): void => {
  if (attachmentIds.length === 0) throw new Refusal('invalid', 'objection.paper_missing', '中止应附通知书', { field: 'attachment_ids' });
};

export const OBJECTION: Procedure<ObjectionTerms> = {
  wording: {
    noun: 'objection',
    called: '本异议',
    outOfTerritory: '该异议由其他主管部门办理',
    suspended: '本异议已中止，恢复前不能办理',
    parts: { handler: '承办', decider: '决定' },
    basis: { who: 'design', text: 'design', service: 'design' },
  },
  steps: STEPS,
  tracks: {
    main: { stateOf: ({ state }) => state, moves: LIFECYCLE, moved: (state) => ({ state: state as ObjectionState }) },
    pause: {
      stateOf: ({ paused }) => (paused ? 'paused' : 'running'),
      moves: PAUSES,
      moved: (state) => ({ paused: state === 'paused' }),
    },
  },
  takers: {
    officer: { title: '主管部门', isOne: ({ office }) => office !== '', isOwn: ({ office }, { authority }) => office === authority },
    institution: {
      title: '申请机构',
      isOne: (person) => person.institution !== '',
      isOwn: (person, { institution }) => person.institution === institution,
    },
  },
  personOf: ({ id }) => id,
  isSuspended: ({ paused }) => paused,
  checks: [({ file, step }) => (step === 'DECIDE' ? checkHeard(file) : undefined)],
  attached: { PAUSE: checkPaper },
  decisions: { DECIDE: (_, { text }) => ({ outcome: text }) },
};

const SIGNED = { signedBy: ({ authority }: Objection) => authorityName(authority) } as const;

/** One row per document: title, counter, issuer, addressee and body. */
export const PAPERS = {
  numbering: numbering({ answer: '复', receipt: '证' }),
  subjectOf: ({ institution }) => institution,
  receipt: 'SERVICE_RECEIPT',
  kinds: {
    ANSWER: {
      ...{ ...SIGNED, title: '异议答复书', series: 'answer', addressee: ({ file }) => file.institution },
      body: ({ file, text }) => [
        { heading: '异议' },
        file.entries[0]?.text ?? '',
        { heading: '答复' },
        text,
        remediesInWords(file.authority),
      ],
    },
    SERVICE_RECEIPT: {
      ...{ ...SIGNED, title: '送达回证', series: 'receipt', addressee: () => '' },
      body: ({ file, delivered }) => [receiptRows(delivered, { file: ['异议', file.id], party: file.institution })],
    },
  },
} as const satisfies DocumentTable<ObjectionTerms, 'answer' | 'receipt'>;

export const officer = (id: string, office = '2101'): Person => ({ id, office, institution: '' });
export const party = (id: string, institution = 'I-1'): Person => ({ id, office: '', institution });

/** The objection as it was filed. */
export const filed = (id: string, now: Date): Objection => ({
  ...{ id, institution: 'I-1', authority: '2101', state: 'FILED', paused: false, outcome: '' },
  entries: [{ number: 1, step: 'FILE', by: 'p', byName: '', at: now, text: '分数有误', documentIds: [], attachmentIds: [] }],
});

const NOW = new Date('2026-11-23T02:00:00Z');

/** A complete service in person. */
export const delivery: Delivery = {
  ...{
    mode: 'IN_PERSON',
    receiver: '张三',
    at: NOW,
    capacity: 'AUTHORISED_RECEIVER',
    servers: ['李四'],
    credentials: [],
    witness: '',
    postNumber: '',
  },
  ...{ publishedIn: '', reason: '', attachmentIds: ['a-1'] },
};

/** All fields that the step needs, except for the given changes. */
export const asked = (step: ObjectionStep, actor: Person, change: Partial<ObjectionAsked> = {}): ObjectionAsked => ({
  ...{ step, actor, byName: actor.id, text: `${step}的记录`, attachmentIds: ['a-1'] },
  service: delivery,
  ...change,
});
