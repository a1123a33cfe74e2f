// An institution as it is filed, as an event, for readers whose topic has forgotten something.
import { TOPICS } from '@hengji/contracts';
import type { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import { dayOf } from '@hengji/domain-kit';
import { snapshotOf, type SnapshotSource } from '@hengji/messaging';
import { institutionMessage } from '../messages';
import type { Tx } from './database';
import { filingStore } from './filing-store';

export const filingSnapshot = (now: () => Date): SnapshotSource<Tx> =>
  snapshotOf<ApprovalEvent, Tx>(TOPICS.approval, async function* (tx, code) {
    for (const record of (await filingStore().find(tx, [code])).values()) {
      const institution = institutionMessage(record, dayOf(now()));
      yield [{ body: { $case: 'institutionFiled', value: { institution } }, occurredAt: now() }];
    }
  });
