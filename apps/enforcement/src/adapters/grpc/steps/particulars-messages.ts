// What a step states beside its text (步骤要素), as messages.
import type { Particulars as Message } from '@hengji/contracts/enforcement/v1/case';
import { isDay, type Day } from '@hengji/domain-kit';
import { typedNumber } from '@hengji/province';
import {
  LEGAL_POINTS,
  NOTHING_STATED,
  WAIVED_RIGHTS,
  type LegalPoint,
  type Particulars,
} from '../../../domain/cases/particulars/particulars';
import { known, knownAll } from '../requests';

const POINTS = Object.keys(LEGAL_POINTS) as readonly LegalPoint[];

/** Text that is no day is read as nothing; the check of the particular then refuses it with its field. */
const dayOrNothing = (text: string): Day | '' => (isDay(text) ? text : '');

/** Refuses `request.word_unknown`. A caller of an older version states nothing. */
export const particularsOf = (message: Message | undefined): Particulars => {
  if (!message) return NOTHING_STATED;
  const { credential, noInterest, waived, receivedOn, legalFindings, discussion, officerId, officerName } = message;
  return {
    credential: typedNumber(credential),
    noInterest,
    waived: [...new Set(knownAll(WAIVED_RIGHTS, waived, 'waived'))],
    receivedOn: dayOrNothing(receivedOn),
    legalFindings: legalFindings.map(({ point, passed, remark }) => ({ point: known(POINTS, point, 'legal_findings'), passed, remark })),
    discussion: discussion ? { ...discussion, heldOn: dayOrNothing(discussion.heldOn) } : null,
    officerId: officerId.trim(),
    officerName: officerName.trim(),
    // Never stated by a person.
    reach: [],
  };
};

const isNothing = (one: Particulars): boolean => JSON.stringify({ ...NOTHING_STATED, ...one }) === JSON.stringify(NOTHING_STATED);

export const particularsMessage = (one: Particulars): Message | undefined =>
  isNothing(one)
    ? undefined
    : {
        ...one,
        reach: one.reach.map(({ measure, count, people, fen }) => ({
          measure,
          count: BigInt(count),
          people: BigInt(people),
          fen: BigInt(fen),
        })),
        waived: [...one.waived],
        legalFindings: [...one.legalFindings],
        discussion: one.discussion ? { ...one.discussion, participants: [...one.discussion.participants] } : undefined,
      };
