// The adapters behind the interfaces of certificate's use cases.
import { TOPICS } from '@hengji/contracts';
import { personalData } from '@hengji/host';
import { publish } from '@hengji/messaging';
import { checkGuard } from '@hengji/participation';
import { certificateStore } from '../adapters/store/certificate-store';
import { type Tx } from '../adapters/store/database';
import { numberCounters } from '../adapters/store/number-counters';
import { openHolder, sealHolder } from '../adapters/store/sealed-holder';
import type { Ports } from '../application/ports';
import type { Config } from '../config';

export const portsOf = (config: Config, now: () => Date): Ports<Tx> => {
  const people = personalData({ sealKey: config.SEAL_KEY, personKey: config.PERSON_KEY });
  return {
    certificates: certificateStore(),
    counters: numberCounters(),
    checkGuard,
    publish: (tx, institution, body) => publish(tx, TOPICS.certificate, { institution, body, occurredAt: now() }),
    seal: sealHolder(people),
    open: openHolder(people),
    pseudonym: people.pseudonym,
    publicityWorkingDays: config.RESULT_PUBLICITY_WORKING_DAYS,
    now,
  };
};
