import { TOPICS } from '@hengji/contracts';
import { survivesTrouble } from '@hengji/testing';
import { codeOf, importAll, institution, startService } from './service';

/** Institutions of the consumed events; the institutions of the writes have lower numbers. */
const HEARD = 9_500;

describe('approval, when its database fails', () =>
  survivesTrouble(async (wayTo) => {
    const { url, healthPort, approval, enforcement, probe } = await startService(wayTo);
    const loader = approval('import');
    return {
      url,
      healthPort,
      write: (n) => importAll(loader, [institution(n)]),
      written: 'SELECT code AS key FROM institution',
      keyOf: codeOf,
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: codeOf(HEARD + (n % 2)) }, rows: [] }),
      sent: () => probe.events(TOPICS.enforcement),
    };
  }));
