import { TOPICS } from '@hengji/contracts';
import { survivesTrouble } from '@hengji/testing';
import { codeOf, importAll, payment, startService } from './service';

/** Institutions of the consumed events; the institutions of the writes have lower numbers. */
const HEARD = 9_500;

describe('subsidy, when its database fails', () =>
  survivesTrouble(async (wayTo) => {
    const { url, healthPort, subsidy, enforcement, probe } = await startService(wayTo);
    const loader = subsidy('import');
    return {
      url,
      healthPort,
      write: (n) => importAll(loader, [payment(n, 1)]),
      written: 'SELECT institution AS key FROM payment',
      keyOf: codeOf,
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: codeOf(HEARD + (n % 2)) }, rows: [] }),
      sent: () => probe.events(TOPICS.enforcement),
    };
  }));
