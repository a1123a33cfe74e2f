import { TOPICS } from '@hengji/contracts';
import { survivesTrouble } from '@hengji/testing';
import { codeOf, importAll, numberOf, startService, upload } from './service';

/** Institutions of the consumed events; the institutions of the writes have lower numbers. */
const HEARD = 9_500;

describe('exchange, when its database fails', () =>
  survivesTrouble(async (wayTo) => {
    const { url, healthPort, exchange, enforcement, probe } = await startService({}, wayTo);
    const loader = exchange('import');
    return {
      url,
      healthPort,
      write: (n) => importAll(loader, [upload(n, 1)]),
      written: 'SELECT number AS key FROM upload',
      keyOf: (n) => numberOf(n, 1),
      hear: (n) => enforcement.issue({ orderId: `trouble-${n}`, scope: { institution: codeOf(HEARD + (n % 2)) }, rows: [] }),
      sent: () => probe.events(TOPICS.enforcement),
    };
  }));
