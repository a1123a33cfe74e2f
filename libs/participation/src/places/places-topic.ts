// What approval publishes about institutions, for services that store institution places (places.ts).
import { TOPICS } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import type { ListDb } from '@hengji/host';
import { subscribe, type SqlTx, type TopicSubscription } from '@hengji/messaging';
import { rememberPlace } from './places';

/** A subscription that keeps table `institution_place` up to date. */
export const placesTopic = <Tx extends SqlTx & ListDb>(): TopicSubscription<Tx> =>
  subscribe<ApprovalEvent, Tx>(TOPICS.approval, {
    institutionFiled: ({ institution }, { tx }) => rememberPlace(tx, institution),
    filingHeld: 'ignored',
    filingReleased: 'ignored',
    filingRemoved: 'ignored',
    filingReinstated: 'ignored',
    noticePublished: 'ignored',
    noticeWithdrawn: 'ignored',
    rectificationShown: 'ignored',
    rectificationWithdrawn: 'ignored',
  });
