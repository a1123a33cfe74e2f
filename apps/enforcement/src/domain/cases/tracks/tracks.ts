// The parallel lifecycles of a case: the main line, the fine, the transfer, the suspension, the recusal, registered evidence, and who
// handles it. For each: its fields of the
// case, and the rules that its table cannot express. The tables are in lifecycle.ts.
import type { Lifecycle } from '@hengji/domain-kit';
import { SYSTEM, type StepRule, type TrackRule } from '@hengji/procedure/tables';
import type { Case, CaseState, CaseStep, PenaltyTrack, TransferTrack } from '../case';
import { checkJurisdiction, HANDLING_LIFECYCLE, handlingOf, type Handling } from '../chain/jurisdiction';
import { CASE_LIFECYCLE, hasReached, PENALTY_LIFECYCLE, RECUSAL_LIFECYCLE, TRANSFER_LIFECYCLE } from '../lifecycle';
import { isRecusalAsked } from '../particulars/recusal';
import { hasEnded, wasFounded } from '../record';
import type { CaseTerms } from '../terms';
import { isFineUnpaid, isFineUnserved } from '../waiting';
import { illegal } from './illegal';
import { EVIDENCE_TRACK } from './registered-evidence';
import { thisTransfer } from './transfer-track';

type Suspension = 'running' | 'suspended';

const SUSPENSION_LIFECYCLE = {
  running: { SUSPEND: 'suspended' },
  suspended: { RESUME: 'running' },
} as const satisfies Lifecycle<Suspension, CaseStep>;

const checkNotEnded = ({ state }: Case): void => {
  if (hasEnded(state)) throw illegal('本案已经办结');
};

/** Both tracks start only after a finding on the main line. A track continues to its own end, whatever happens on the main line. */
const checkFound = (theCase: Case, step: CaseStep, { by }: StepRule<CaseTerms>): void => {
  const begins = step === 'OPEN_PENALTY' || step === 'REPORT_CRIME';
  const mayGoOn = begins ? hasReached(theCase.state, 'FOUNDED') : wasFounded(theCase);
  if (by !== SYSTEM && !mayGoOn) throw illegal('查证属实后方可办理');
  if (step === 'SERVE_PENALTY' && !isFineUnserved(theCase)) throw illegal('行政处罚决定书已经登记送达');
  if (step === 'RECORD_PAYMENT' && !isFineUnpaid(theCase)) throw illegal('行政处罚决定书尚未送达，或者罚款已经登记缴纳');
};

const reporters = (theCase: Case): Set<string> =>
  new Set(thisTransfer(theCase).flatMap(({ step, by }) => (step === 'REPORT_CRIME' ? [by] : [])));

/** 310号令 §5: two officers report; the first report alone is recorded and changes no state. */
const isFirstReport = (theCase: Case, step: CaseStep, person: string): boolean =>
  step === 'REPORT_CRIME' && ![...reporters(theCase)].some((other) => other !== person);

type Track<State extends string> = TrackRule<CaseTerms, State>;

export const TRACKS = {
  evidence: EVIDENCE_TRACK,
  main: { stateOf: ({ state }) => state, moves: CASE_LIFECYCLE, moved: (state) => ({ state }) } as Track<CaseState>,
  penalty: {
    stateOf: ({ penaltyTrack }) => penaltyTrack,
    moves: PENALTY_LIFECYCLE,
    moved: (penaltyTrack) => ({ penaltyTrack }),
    check: checkFound,
  } as Track<PenaltyTrack>,
  transfer: {
    stateOf: ({ transferTrack }) => transferTrack,
    moves: TRANSFER_LIFECYCLE,
    moved: (transferTrack) => ({ transferTrack }),
    check: checkFound,
    isHeldBack: isFirstReport,
  } as Track<TransferTrack>,
  suspension: {
    stateOf: ({ suspended }) => (suspended ? 'suspended' : 'running'),
    moves: SUSPENSION_LIFECYCLE,
    moved: (state) => ({ suspended: state === 'suspended' }),
    check: checkNotEnded,
  } as Track<Suspension>,
  recusal: {
    stateOf: (theCase) => (isRecusalAsked(theCase) ? 'asked' : 'none'),
    moves: RECUSAL_LIFECYCLE,
    // The state is in the record.
    moved: () => ({}),
    check: checkNotEnded,
  } as Track<'none' | 'asked'>,
  // The state is read from the record; what a step changes is in chain/jurisdiction.ts and chain/officers.ts.
  handling: { stateOf: handlingOf, moves: HANDLING_LIFECYCLE, moved: () => ({}), check: checkJurisdiction } as Track<Handling>,
} as const;
