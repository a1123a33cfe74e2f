// A case file with the reader's actions on each of its parts.
import type { Case as CaseMessage } from '@hengji/contracts/enforcement/v1/case';
import { RECTIFICATION_STATES } from '../../domain/aftermath/rectification';
import { caseActions, documentActions, followUpActions, rectificationActions, type Reading } from '../../domain/cases/actions';
import { word } from '../store/words';

export const withActions = (message: CaseMessage, reading: Reading): CaseMessage => ({
  ...message,
  allowedActions: caseActions(reading.theCase, reading.actor),
  documents: message.documents.map((one) => ({
    ...one,
    allowedActions: documentActions({ ...one, isServed: one.services.length > 0 }, reading),
  })),
  rectifications: message.rectifications.map((one) => ({
    ...one,
    allowedActions: rectificationActions({ state: word(RECTIFICATION_STATES, one.state) }, reading),
  })),
  followUps: message.followUps.map((one) => ({ ...one, allowedActions: followUpActions(one, reading) })),
});
