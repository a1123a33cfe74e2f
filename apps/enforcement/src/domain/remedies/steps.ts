// The steps of a remedy as tables for libs/procedure. Papers arrive late and out of order, so an answer, a hearing or a stay may be
// entered after the result; what is wrong in time itself is refused by days.ts.
import { Refusal, type Lifecycle } from '@hengji/domain-kit';
import type { Procedure, StepRule, TrackRule } from '@hengji/procedure/tables';
import { isCompetent } from '../competence';
import { dayOfStep, servedDay } from './days';
import { owesLifting, partOfResult, RESULTS } from './results';
import { REMEDY_RESULTS, STAYED_BY, type Remedy, type RemedyAsked, type RemedyState, type RemedyStep, type RemedyTerms } from './remedy';

const STEP = { track: 'main', by: 'officer', needsText: true, whileSuspended: true, shownToParty: true } as const;
const isUnanswered = ({ entries }: Remedy): boolean => !entries.some(({ step }) => step === 'ANSWER');

export const STEPS = {
  RECEIVE: { ...STEP, title: '收到复议、诉讼材料' },
  ANSWER: {
    ...STEP,
    title: '提交答复（答辩）和证据',
    task: { when: (file) => file.kind !== 'APPEAL' && isUnanswered(file) && file.state !== 'ENDED' },
    // Of the kind that runs; starts.ts starts it.
    meets: ['D-RECON-ANSWER', 'D-LITIG-ANSWER'],
  },
  HEAR: { ...STEP, title: '参加听证、开庭' },
  STAY: { ...STEP, track: 'stay', title: '停止执行' },
  END_STAY: { ...STEP, track: 'stay', title: '恢复执行' },
  RESULT: { ...STEP, title: '登记结果' },
  LIFTED: {
    ...STEP,
    track: 'lifting',
    by: 'system',
    title: '已按结果解除处理决定',
    needsText: false,
    task: { by: 'officer', title: '按复议、诉讼结果解除处理决定', when: ({ orderId }) => orderId !== '' },
  },
  SETTLE: { ...STEP, track: 'lifting', title: '以其他方式落实结果', task: { when: ({ orderId }) => orderId === '' } },
} as const satisfies Record<RemedyStep, StepRule<RemedyTerms>>;

const TITLES: ReadonlyMap<string, string> = new Map(Object.entries(STEPS).map(([step, { title }]) => [step, title]));
/** The title of a step; undefined for an unknown word. */
export const titleOfStep = (step: string): string | undefined => TITLES.get(step);

const LIFECYCLE = {
  RECEIVED: { ANSWER: 'ANSWERED', HEAR: 'RECEIVED', RESULT: 'ENDED' },
  ANSWERED: { HEAR: 'ANSWERED', RESULT: 'ENDED' },
  // Entered late.
  ENDED: { ANSWER: 'ENDED', HEAR: 'ENDED' },
} as const satisfies Lifecycle<RemedyState, RemedyStep>;

const STAYS = { runs: { STAY: 'stayed' }, stayed: { END_STAY: 'runs' } } as const satisfies Lifecycle<'runs' | 'stayed', RemedyStep>;

const LIFTINGS = { owed: { LIFTED: 'settled', SETTLE: 'settled' }, settled: {} } as const satisfies Lifecycle<
  'owed' | 'settled',
  RemedyStep
>;

const illegal = (message: string): Refusal =>
  new Refusal('illegalMove', 'remedy.illegal_move', message, { field: 'step', rule: 'rules §7.9' });

const checkMain = (file: Remedy, step: RemedyStep): void => {
  if (step === 'ANSWER' && !isUnanswered(file)) throw illegal('已经登记过答复（答辩）');
};

type Track<State extends string> = TrackRule<RemedyTerms, State>;

const attached = (title: string) => (_: Remedy, attachmentIds: readonly string[]) => {
  if (attachmentIds.length > 0) return;
  throw new Refusal('invalid', 'remedy.attachment_missing', `应附${title}`, { field: 'attachment_ids', rule: 'rules §7.5' });
};

const missing = (field: string, message: string, rule = 'rules §7.9'): Refusal =>
  new Refusal('invalid', 'remedy.field_missing', message, { field, rule });

const checkFields = ({ step, documentNo, stayedBy, result }: RemedyAsked): void => {
  if (step === 'STAY' && !stayedBy) throw missing('stayed_by', '应写明停止执行由谁决定', STAYED_BY.join(' | '));
  if (step === 'RESULT' && !result) throw missing('result', '应选择结果', REMEDY_RESULTS.join(' | '));
  if ((step === 'RESULT' || (step === 'STAY' && stayedBy === 'BODY')) && documentNo.trim() === '')
    throw missing('document_no', '应写明决定书、裁判文书的文号');
};

const NEEDS: Partial<Record<RemedyStep, readonly string[]>> = {
  ANSWER: [],
  STAY: ['STAYED_BY', 'DOCUMENT_NO'],
  RESULT: ['RESULT', 'DOCUMENT_NO'],
};

const resultOf = (file: Remedy, asked: RemedyAsked, { order, now }: RemedyTerms['around']): Partial<Remedy> => {
  const { result: word, documentNo, text } = asked;
  if (!word) return {};
  const part = partOfResult(order, word, asked);
  return {
    result: { word, on: dayOfStep(file, asked, now), documentNo, servedOn: servedDay(asked, now), text, ...part },
    ...(RESULTS[word].resumes ? { stayed: false } : {}),
  };
};

/** The order is not in force as an order that can be lifted: not signed yet, or lifted in another way already. */
const isBesideLifting = (state: string | undefined): boolean =>
  state === undefined || state === 'DRAFT' || state === 'PREVIEWED' || state === 'LIFTING' || state === 'LIFTED';

export const REMEDY: Procedure<RemedyTerms> = {
  wording: {
    noun: 'remedy',
    called: '本件复议、诉讼',
    outOfTerritory: '该案由其他主管部门管辖，您无权办理',
    suspended: '',
    parts: { none: '' },
    basis: { who: 'rules §7.9', text: 'rules §7.5', service: 'rules §7.5' },
  },
  steps: STEPS,
  tracks: {
    main: {
      stateOf: ({ state }) => state,
      moves: LIFECYCLE,
      moved: (state) => ({ state }),
      check: checkMain,
    } as Track<RemedyState>,
    stay: {
      stateOf: ({ stayed }) => (stayed ? 'stayed' : 'runs'),
      moves: STAYS,
      moved: (state) => ({ stayed: state === 'stayed' }),
      // After the result a stay is only recorded: it has ended already.
      isHeldBack: ({ state }, step) => step === 'STAY' && state === 'ENDED',
    } as Track<'runs' | 'stayed'>,
    lifting: {
      stateOf: (file) => (owesLifting(file) ? 'owed' : 'settled'),
      moves: LIFTINGS,
      moved: (state) => ({ settled: state === 'settled' }),
    } as Track<'owed' | 'settled'>,
  },
  takers: {
    officer: {
      title: '主管部门经办人员',
      isOne: ({ role }) => role === 'PROVINCE_OFFICER' || role === 'CITY_OFFICER',
      isOwn: (actor, { authority }) => isCompetent(actor, authority),
    },
  },
  personOf: ({ officerId }) => officerId,
  isSuspended: () => false,
  checks: [
    ({ step, around }) => {
      if (step === 'SETTLE' && !isBesideLifting(around.order?.state)) throw illegal('处理决定正在执行或者已经执行，应按结果解除');
    },
  ],
  attached: {
    ANSWER: attached('答复书（答辩状）和证据材料'),
    STAY: attached('停止执行的决定书或者裁定书'),
    RESULT: attached('复议决定书或者裁判文书'),
  },
  alsoNeeds: ({ step }) => ['DAY', ...(NEEDS[step] ?? [])],
  entryOf: ({ file, around }, asked) => {
    checkFields(asked);
    return { day: dayOfStep(file, asked, around.now), documentNo: asked.documentNo };
  },
  entryDefaults: { documentNo: '' },
  decisions: { RESULT: resultOf },
};
