// The adapters behind the interfaces of exam's use cases.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import { personalData } from '@hengji/host';
import { publish } from '@hengji/messaging';
import { checkGuard } from '@hengji/participation';
import { type Tx } from '../adapters/store/database';
import { heldBy } from '../adapters/store/holds';
import { planStore } from '../adapters/store/plan-store';
import { resultStore } from '../adapters/store/result-store';
import { openCandidate, sealCandidate } from '../adapters/store/sealed-candidate';
import type { Ports } from '../application/ports';
import type { Config } from '../config';

export const portsOf = (config: Config, now: () => Date): Ports<Tx> => {
  const people = personalData({ sealKey: config.SEAL_KEY, personKey: config.PERSON_KEY });
  return {
    plans: planStore(),
    results: resultStore(),
    checkGuard,
    heldBy,
    publish: (tx, institution, body) => publish(tx, TOPICS.exam, { institution, body, occurredAt: now() }),
    seal: sealCandidate(people),
    open: openCandidate(people),
    pseudonym: people.pseudonym,
    newId: randomUUID,
    now,
    plannedWithinDays: config.PLANNED_WITHIN_DAYS,
  };
};
