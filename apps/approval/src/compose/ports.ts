// The adapters behind the interfaces of approval's use cases.
import { TOPICS } from '@hengji/contracts';
import { dayOf } from '@hengji/domain-kit';
import { publish } from '@hengji/messaging';
import { institutionMessage } from '../adapters/messages';
import type { Tx } from '../adapters/store/database';
import { filingStore } from '../adapters/store/filing-store';
import type { Ports } from '../application/ports';
import type { Config } from '../config';

export const portsOf = (config: Config, now: () => Date): Ports<Tx> => ({
  filings: filingStore(),
  announce: (tx, record) => {
    const institution = institutionMessage(record, dayOf(now()));
    const body = { $case: 'institutionFiled', value: { institution } } as const;
    return publish(tx, TOPICS.approval, { institution: record.filing.code, body, occurredAt: now() });
  },
  now,
  filedForDays: config.FILED_FOR_DAYS,
});
