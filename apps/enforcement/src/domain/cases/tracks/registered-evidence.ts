// 先行登记保存 (行政处罚法第五十六条): evidence that may be lost is registered with the approval of the head, and within seven working days
// something is decided about it. The state is read from the record: the last of the two steps.
import { Refusal, type Lifecycle } from '@hengji/domain-kit';
import type { TrackRule } from '@hengji/procedure/tables';
import type { Case, CaseState, CaseStep } from '../case';
import type { CaseTerms } from '../terms';

type Evidence = 'none' | 'registered';

const LIFECYCLE = {
  none: { REGISTER_EVIDENCE: 'registered' },
  registered: { SETTLE_EVIDENCE: 'none' },
} as const satisfies Lifecycle<Evidence, CaseStep>;

/** While the facts are investigated and the institution is heard. */
const WHILE: readonly CaseState[] = ['VERIFYING', 'FOUNDED', 'NOTICE_SERVED', 'HEARING', 'HEARD'];

const stateOf = ({ entries }: Pick<Case, 'entries'>): Evidence =>
  entries.findLast(({ step }) => step === 'REGISTER_EVIDENCE' || step === 'SETTLE_EVIDENCE')?.step === 'REGISTER_EVIDENCE'
    ? 'registered'
    : 'none';

export const EVIDENCE_TRACK: TrackRule<CaseTerms, Evidence> = {
  stateOf,
  moves: LIFECYCLE,
  moved: () => ({}),
  check: ({ state }, step) => {
    if (step !== 'REGISTER_EVIDENCE' || WHILE.includes(state)) return;
    throw new Refusal('illegalMove', 'case.illegal_move', '先行登记保存证据只能在调查和听取意见期间办理', {
      field: 'step',
      rule: 'rules §7.5',
    });
  },
};
